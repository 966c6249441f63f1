using AlertBot.Platforms;
using CsCheck;

namespace AlertBot.Tests.Platforms;

public sealed class CommandTextTests
{
    private static readonly CommandDescription Command = new(
        "feed set", "Sets.", new CommandOption("feed", "Which."), new CommandOption("title", "Name."), new CommandOption("note", "Text.", OptionKind.Rest)) { Example = "feed set 1" };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("", "\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("\"quoted\"", "\"\"quoted\"\"")]
    [InlineData("a \"b\" c", "“a \"b\" c”")]
    [InlineData("it's", "it's")]
    public void A_value_is_quoted_where_it_needs_it(string value, string quoted) => Assert.Equal(quoted, CommandText.Quote(value));

    [Fact]
    public void Values_read_back_as_they_were_filled_in() =>
        Gen.Select(Gen.String[Gen.OneOfConst('a', 'b', ' ', '\n', '"', '\'', '“', '”', ':', '‘', '’'), 0, 24], Gen.String[Gen.Char['a', 'z'], 1, 8]).Sample((title, note) =>
        {
            var line = CommandText.Append("12", Command, new Dictionary<string, string> { ["note"] = note, ["title"] = title });
            var read = CommandText.Read(Command, line);

            Assert.Empty(read.Faults);
            Assert.Equal(("12", note), (read.Values["feed"], read.Values["note"]));
            // Where each kind of mark stands in front of a space, one kind must give way.
            Assert.Equal(title.Replace('"', '\'').Trim(), read.Values["title"].Replace('"', '\''));
        });

    [Theory]
    [InlineData("north korea", "names=north korea")]
    [InlineData("north korea since 7d", "names=north korea|since=7d")]
    [InlineData("trump about kim jong un since last month", "names=trump|about=kim jong un|since=last month")]
    [InlineData("trump about:\"kim jong un\" 7d", "names=trump|about=kim jong un|since=7d")]
    [InlineData("north korea 7d", "names=north korea|since=7d")]
    [InlineData("north korea last 7d", "names=north korea|since=last 7d")]
    [InlineData("7d", "since=7d")]
    [InlineData("north korea 7d since:2024", "names=north korea 7d|since=2024")]
    [InlineData("since 7d", "names=since|since=7d")]
    [InlineData("about", "names=about")]
    [InlineData("trump about", "names=trump about")]
    [InlineData("about time since:7d", "names=about time|since=7d")]
    public void Behind_names_other_options_need_no_colon(string typed, string values)
    {
        var command = new CommandDescription(
            "quotes", "Shows.", new CommandOption("names", "Who.", OptionKind.Rest) { HoldsNames = true }, new CommandOption("about", "Whom."),
            new CommandOption("since", "When.") { IsEnding = words => words.TrimEnd('d').Replace("last ", "", StringComparison.Ordinal) is "7" }) { Example = "quotes x" };
        var read = CommandText.Read(command, typed);

        Assert.Empty(read.Faults);
        Assert.Equal(values, string.Join('|', command.Options.Where(o => read.Values.ContainsKey(o.Name)).Select(o => $"{o.Name}={read.Values[o.Name]}")));
    }

    [Fact]
    public void Empty_quotation_marks_are_an_empty_value_and_nothing_is_none()
    {
        Assert.Equal("", CommandText.Read(Command, "12 title:\"\"").Values["title"]);
        Assert.DoesNotContain("title", CommandText.Read(Command, "12 title:").Values.Keys);
    }
}
