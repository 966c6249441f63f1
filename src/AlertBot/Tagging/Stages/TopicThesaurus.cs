namespace AlertBot.Tagging.Stages;

/// <summary>
/// Families of phrases that speak of one matter. A topic whose keywords stand in a family is also found by the
/// others of it, with less weight, so that a knowledge file need not list every word for a thing.
/// </summary>
internal static class TopicThesaurus
{
    public static readonly string[][] Families =
    [
        Of("nuclear test; nuclear weapon; nuclear warhead; warhead; hydrogen bomb; atomic bomb; plutonium; uranium enrichment; enriching uranium; enriched uranium; fissile material; nuclear arms; nuclear arsenal; nuclear bomb; nuclear doctrine; nuclear strike; nuclear-armed; small bombs; nuclear forces; tactical nuclear"),
        Of("ballistic missile; cruise missile; missile; missile launch; missile test; missile defense; missile defence; missile shield; ICBM; intercontinental; THAAD; test-fired; hypersonic; interceptor; short-range missile; medium missile; intermediate-range"),
        Of("satellite launch; reconnaissance satellite; spy satellite; space rocket; lunar orbiter; launch vehicle; satellite; orbit; spacecraft; rover; Mars; lunar; space station; astronaut; cosmonaut; space agency; moon landing; space probe; NASA"),
        Of("denuclearization; denuclearisation; denuclearize; nuclear deal; six-party talks; inspector; nuclear talks; nuclear accord; curbed nuclear; nuclear agreement; nuclear program; nuclear programme; dismantle; stop enriching; give up its nuclear; nuclear freeze; Iran deal; complete denuclearization"),
        Of("sanctions; sanction; asset freeze; blacklist; blacklisted; embargo; evade sanctions; sanctions list; new sanctions; frozen assets; luxury goods; panel of experts; sanctioned; travel ban; lift sanctions"),
        Of("Security Council; resolution; veto; presidential statement; council vote; emergency session; council meeting; draft resolution; vetoed; members of the council; Council voted; abstained"),
        Of("inter-Korean; Kaesong; Panmunjom; hotline; separated families; leaflets; unification; reunification; two Koreas; the Koreas; Koreas; loudspeakers; truce village; family reunions; parted families; guard posts; demilitarized zone; Mount Kumgang; liaison office; factory park; unification ministry; cross-border"),
        Of("summit; state visit; talks between; bilateral meeting; envoy; joint statement; handshake; summit meeting; peace treaty; joint declaration; two leaders; meeting with; held talks; days of talks; restart talks; talks; visit; met; meet; sit down; welcome ceremony; diplomacy; foreign ministers met"),
        Of("military exercise; joint drill; drill; drills; war games; live-fire; exercise; maneuver; manoeuvre; joint exercise; show of force; field training; naval drills; military drill; fired as a show"),
        Of("shelling; torpedo; air strike; airstrike; drone strike; exchange of fire; shot down; shoot-down; fired on; military strike; missile strike; bombardment; naval clash; mines; drone; opened fire; soldiers killed; incursion; retaliation; sunk; shells fell; ambush; border fire; clash"),
        Of("arms sale; arms transfer; munitions; artillery shells; weapons shipment; howitzer; arms order; arms deal; sold weapons; ammunition; weapons; tanks; shells; nuclear submarines; troops to Russia; arms shipment; weapons deal; arms export"),
        Of("alliance; mutual defense; security pact; extended deterrence; troop presence; trilateral; ally; allies; defense pact; treaty ally; pact; military bases; cost sharing; burden sharing; troops stationed; stands by"),
        Of("Crimea; invasion of Ukraine; Donbas; Kursk; Bakhmut; Ukrainian forces; eastern Ukraine; separatists; Donetsk; Luhansk; Mariupol; Kherson; war in Ukraine; Russian invasion; Ukrainian troops; annexation; peace plan for Ukraine"),
        Of("Taiwan Strait; cross-strait; one China; Taiwan independence; median line; mainland China; reunion with Taiwan; Taiwan presidency; arms to Taiwan; visit to Taiwan"),
        Of("South China Sea; East China Sea; Senkaku; Diaoyu; Dokdo; disputed islands; air defense identification zone; air defense zone; air zone; islets; reef; territorial waters; territorial claim; Takeshima; Spratlys; Paracels; nine-dash; tribunal; disputed border; exclusive economic zone"),
        Of("cyberattack; cyber attack; hackers; hacker; hacking; hacked; ransomware; malware; cryptocurrency theft; cryptocurrency; passwords; intruders; phishing; stolen data; network; computers"),
        Of("spy; spies; spying; espionage; intelligence officer; expelled diplomats; expels; nerve agent; surveillance balloon; poisoned; poison; poisoning; Novichok; intelligence services; leaked; classified; assassination; secret agent; surveillance; diplomats"),
        Of("human rights; prison camps; crimes against humanity; comfort women; defectors; defector; repression; labor camp; labour camp; political prisoners; torture; dissident; war crimes; rights group; free speech; crackdown; rights abuses; forced labor; arrest warrant; critic; brutality; persecution; rights lawyer; masks; coup"),
        Of("detained; detainee; released; release; abducted; abductees; abduction; hostage; remains; freed; captive; prisoner exchange; prisoner swap; kidnapped; held in; labor camp; detention; set free"),
        Of("food aid; famine; humanitarian aid; relief; flood; disaster; earthquake; quake; tsunami; typhoon; rescuers; counted dead; crush; hunger; hungry; malnutrition; refugee camp; victims; mourning; survivors; told to leave; food shortage; rice; milk"),
        Of("COVID-19; coronavirus; outbreak; vaccine; pandemic; quarantine; epidemic; virus; infection; infected; disease; fever; health emergency; lockdown; face masks; variant; hospital"),
        Of("tariffs; tariff; trade war; export controls; free trade agreement; semiconductors; trade deal; trade talks; import duties; trade dispute; boycott; chips; export curbs; imports; exports; trade"),
        Of("economy; investment; growth; currency; inflation; central bank; stocks; shares; markets; interest rates; recession; contract; billion; jobs; wages; factory; companies; debt; unemployment"),
        Of("oil; natural gas; pipeline; nuclear power plant; power plant; coal exports; coal; electricity; reactor; crude; gas pipe; grid; refinery; fuel; gas"),
        Of("election; elections; voters; ballot; runoff; candidate; vote; votes; elected; of the vote; polls; presidency; wins; campaign; landslide; primary; electorate; party leader"),
        Of("succession; purged; purge; resign; impeachment; impeached; party congress; inauguration; martial law; sworn in; takes office; took office; coup; ousted; successor; removed; steps down; general secretary; indicted; trial; jail; court; arrest; took power; state of emergency; executed; removed from office; prosecutors; heir"),
        Of("protesters; protests; demonstrators; rally; tear gas; demonstration; riot; riot police; marchers; besiege; sit-in; barricades; crowds; took to the streets; police"),
    ];

    private static string[] Of(string phrases) => phrases.Split("; ");
}
