namespace AlertBot.Tests.Support;

/// <summary>One happening as a wire and others tell it: what happened, the same in other words, and what went on.</summary>
internal static class FerryNews
{
    public static readonly RssItem First = Item(
        "yonhap", 1, "North Korea says two died in ferry fire off Wonsan",
        "North Korea said that two drivers died when a ferry caught fire off the port of Wonsan. The other 187 people on board the Hanbit were taken off by fishing boats before dawn. " +
        "Officials suspect the battery of an electric truck on the lower deck. The ferry was on its way from Rason with potatoes and cloth.");

    public static readonly RssItem Copy = Item("herald", 2, "Ferry fire kills two, North Korea says", "WONSAN (Yonhap) - " + First.Text);

    public static readonly RssItem Arrest = Item(
        "post", 3, "North Korea arrests captain of burned ferry Hanbit",
        "North Korea arrested the captain of the ferry Hanbit, which caught fire off the port of Wonsan and on which two drivers died. Prosecutors accuse him of a bribe: he let the truck on board although inspectors had forbidden its battery. " +
        "A court in Hamhung opens his trial within a month.");

    public static readonly RssItem Wreck = Item(
        "times", 4, "North Korea raises wreck of ferry Hanbit off Wonsan",
        "A salvage crane from Chongjin raised the wreck of the ferry Hanbit off the port of Wonsan, North Korea said. Two drivers died when the ferry caught fire. Divers sealed leaking fuel tanks, and oil threatens oyster farms along the coast.");

    public static readonly RssItem Medals = Item(
        "courier", 5, "North Korea gives medals to fishermen who saved ferry passengers",
        "Fishermen who took passengers off the burning ferry Hanbit off the port of Wonsan received medals, North Korea said. Kim Jong Un praised their courage at a banquet. Two drivers died when the ferry caught fire.");

    /// <summary>Of two other happenings.</summary>
    public static readonly RssItem[] Others =
    [
        Item("wire", 6, "Japan sells rice from its warehouses", "Japan said that it sold grain from government warehouses at auction. The price of rice fell for the first time in a year, supermarkets reported."),
        Item("wire", 7, "Japan digs trains out of the snow", "Japan sent soldiers to Hokkaido, where heavy snow stopped forty trains overnight. Schoolchildren slept in a gymnasium near the station of Asahikawa."),
    ];

    private static RssItem Item(string outlet, int number, string title, string text) => new(title, $"https://{outlet}.example/{number}", $"ferry-{number}", text);
}
