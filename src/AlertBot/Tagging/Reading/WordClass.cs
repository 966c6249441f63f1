namespace AlertBot.Tagging.Reading;

/// <summary>What a word can be, as far as the stages ask. A word may be several things.</summary>
[Flags]
internal enum WordClass : long
{
    None = 0,

    /// <summary>Said, told, wrote: what introduces somebody's words.</summary>
    Say = 1L << 0,

    /// <summary>What governments do: wants, pressed, launched.</summary>
    Act = 1L << 1,
    Auxiliary = 1L << 2,

    /// <summary>In, at, near: what follows is a place.</summary>
    PlacePreposition = 1L << 3,
    To = 1L << 4,
    From = 1L << 5,
    Of = 1L << 6,

    /// <summary>With, against, by, between: what follows takes part.</summary>
    PartnerPreposition = 1L << 7,
    Conjunction = 1L << 8,
    Article = 1L << 9,

    /// <summary>Go, fly, trip, visit: a "to" after it leads to a place.</summary>
    Motion = 1L << 10,

    /// <summary>Message, pressure, threat: a "from" after it has a sender.</summary>
    Sendable = 1L << 11,

    /// <summary>Government, army, envoy, missile: with a country's name before it the state is meant.</summary>
    State = 1L << 12,

    /// <summary>Leaders, regime, authorities: in a capital they are the government.</summary>
    Rulers = 1L << 13,

    /// <summary>Airport, streets, hotel: with a city's name before it the place is meant.</summary>
    PlaceNoun = 1L << 14,

    /// <summary>Sea, Post, University: a capital one ends a longer name.</summary>
    NameHead = 1L << 15,

    /// <summary>Bank, University, Gulf: with "of" it begins a longer name.</summary>
    NameStart = 1L << 16,
    People = 1L << 17,

    /// <summary>President, General, Judge: stands before a name.</summary>
    Title = 1L << 18,
    Date = 1L << 19,
    Pronoun = 1L << 20,
    Abbreviation = 1L << 21,

    /// <summary>A word that begins sentences and is no name.</summary>
    Starter = 1L << 22,
    Kin = 1L << 23,
    Former = 1L << 24,
    Deputy = 1L << 25,
    Number = 1L << 26,

    /// <summary>Of, bin, von: small inside a person's name.</summary>
    NameParticle = 1L << 27,

    /// <summary>An adverb that may stand between a subject and its verb.</summary>
    Adverb = 1L << 28,
    Preposition = 1L << 29,
    Relative = 1L << 30,

    /// <summary>A short word that is also an acronym when it shouts: US, WHO.</summary>
    CommonWord = 1L << 31,

    /// <summary>The name of a part of the United States.</summary>
    AmericanState = 1L << 32,

    /// <summary>A given name that is common in the news.</summary>
    GivenName = 1L << 33,

    /// <summary>Ministry, party, agency: a body that speaks.</summary>
    Body = 1L << 34,

    /// <summary>Negations, and, or anything else that ends a noun phrase.</summary>
    Stop = 1L << 35,

    /// <summary>A word before a quotation that makes it a mere term: so-called, dubbed.</summary>
    Naming = 1L << 36,

    /// <summary>A family name that is common in Korea.</summary>
    KoreanSurname = 1L << 37,

    /// <summary>North, heart, outskirts: a part of a country or city.</summary>
    Region = 1L << 38,

    /// <summary>Race, campaign, bid: what one runs for is no actor.</summary>
    Contest = 1L << 39,

    /// <summary>Government, election, coup: with "in" and a country it is that country's own politics.</summary>
    Polity = 1L << 40,

    /// <summary>Visit, reach, tour: what comes right after is a place.</summary>
    Visit = 1L << 41,

    /// <summary>Goal, coach, tournament: where many of them stand, countries are teams.</summary>
    Sport = 1L << 42,

    /// <summary>A given name or title that men bear.</summary>
    Male = 1L << 43,

    /// <summary>A given name or title that women bear.</summary>
    Female = 1L << 44,

    /// <summary>A family name that is common in China.</summary>
    ChineseSurname = 1L << 45,

    /// <summary>Continued, observed, laughed: beside a quotation it may introduce somebody's words, elsewhere it does not.</summary>
    Utter = 1L << 46,

    /// <summary>Book, song, show: what follows between marks is its title.</summary>
    Work = 1L << 47,

    /// <summary>A form of be: before "told" it makes the one who hears of the one who speaks.</summary>
    Be = 1L << 48,

    /// <summary>Film, singer, recipe: where many of them stand and no politics, countries are scenery.</summary>
    Culture = 1L << 49,

    /// <summary>Park, Moon, King, May: a surname that is a word too.</summary>
    WordAndName = 1L << 50,

    /// <summary>Stop, destination: "is Tokyo" behind it names a place.</summary>
    Stopover = 1L << 51,
}
