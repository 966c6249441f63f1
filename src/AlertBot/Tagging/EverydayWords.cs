using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging;

/// <summary>Words of everyday English: an actor who is called like one is found where nobody speaks of him.</summary>
internal static class EverydayWords
{
    private const WordClass OnlyNames = WordClass.GivenName | WordClass.Male | WordClass.Female | WordClass.ChineseSurname | WordClass.KoreanSurname | WordClass.AmericanState | WordClass.Abbreviation | WordClass.NameParticle;

    // Words that people, firms, parties and places are called by, besides those that the tagger's own lists have.
    private static readonly HashSet<string> Words = new(
        """
        able action active age aim air alliance alpha amazon anchor angel apple arc arm army arrow art ash axis back baker ball band bank bar base basin bass
        battle bay beach bean bear bell bend best big bird bishop bit black blaze block bloom blue board body bolt bond book boom border boss bow bowl box boy
        brand brave bread break bridge bright brook brown buck bull burn bus bush butler call camp can canal candy cane cap capital car card care carpenter
        carter case cash castle cause cell center chain chair chance change channel chase check chef chief child choice church circle city class clay
        clear client cloud club coach coal coast code coin cold cole college color common company compass cook cool copper corn corner cost cotton council
        country courage court cover crane cream creek crew crisis cross crown cup current cut dance dark dawn day deal dean dear death deep delta depot desert
        diamond direct disk dog door dove down draft dragon drake dream drew drive drum duke dust eagle early earth east easy echo edge ember empire end energy
        engine epic era even ever face fact fair faith fall fame farm fast fate field fine fire firm first fish fisher flag flame fleet flint flow fly
        focus force ford forest forge form fort fortune forward foster fox frame frank free freedom friend front frost fuel full fund future game garden
        gas gate gates gem general ghost gift glass globe gold golden good grace grain grand grant grass gray great green grid ground group grove guard guide
        gulf hall hand happy harbor hardy harmony hash hawk hay head heart heat heath heaven helm help hero high hill hills holder holiday holly holy home
        honest hook hope horizon horn horse house human hunt hunter hurt ice idea image impact index inn insight iron island ivory ivy jack jade jet job joint
        joy judge jump junction just keen key kid kind king kit knight lake lamb lance land lane large lark last late law lead leaf league lean legacy legend
        liberty life light like lime line link lion list little live local lock logic long lot lotus love low luck lynx mail main major maker mall man manual
        march marine mark market marsh mason master match matter may meadow media mercury mercy merit mesh metal meteor metro mid mill mills mind mine mint
        mirror miss model monitor monk moon moore moose moral more morning moss motion motor mountain move nation nature navy near net network new news next
        night noble noon norm north nova now oak oasis ocean office oil old olive one open option oracle orange orbit order origin other outlook owl oxygen
        pace pack page paint palace palm panther paper parade park parker part partner party pass past patch path patriot paul peace peak pearl pen people
        people's phoenix pike pilot pioneer pitch place plain planet plant plate play plaza point pole police pope port porter post pound power premier press
        price pride prime prince prior profit progress project prospect proud pulse pure quick quiet race radio rain rally ranger rapid raven ray real reason
        rebel record red reed reef reform relay relic rest rice rich ridge right ring rise river road robin rock rocket roll root rose rough round royal
        ruby rule run rush rust safe sage sail saint salt sand save say school scope scout sea second see sense service shadow shark sharp shell shield shine
        ship shore short signal silk silver simple singer sky slack slate small smart smith snow social solid solution song south space spark speaker spirit
        spring square stable staff stage star start state steel step stern stone storm story stream street strong style summer summit sun sure swan sweet
        swift table tank target taylor team tech temple terra tesla thing tide tiger timber time times title today top torch total tower town trace track
        trade tree trend tribe trip triumph true trump trust truth turn turner twin under union unit unity up vale valley value vanguard vault venture vine
        vision visit visual vital void volt wade wait walk walker wall war ward warm warren watch water wave way weaver weber web week well west wheel while
        white wild will wind window wine wing winter wise wolf wonder wood woods word work works world worth year yellow york young youth zone
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => Words.Contains(word) || (Lexicon.ClassOf(WordHash.Of(word)) & ~OnlyNames) != 0;
}
