using AlertBot.Feeds;
using static AlertBot.Tests.Stories.FeedMemory;

namespace AlertBot.Tests.Stories;

/// <summary>What is one item and what are two, whatever a publisher does to guid, link, headline, text and date.</summary>
public sealed class StoryIntakeTests
{
    private readonly FeedMemory _feed = new();

    [Fact]
    public void An_item_is_new_once()
    {
        Assert.Equal("NN", _feed.Poll(Item(1), Item(2)));
        Assert.Equal("KKN", _feed.Poll(Item(1), Item(2), Item(3)));
    }

    [Theory]
    [InlineData("guid")]
    [InlineData("link")]
    [InlineData("date")]
    [InlineData("no date")]
    [InlineData("guid, link")]
    [InlineData("guid, date")]
    [InlineData("link, date")]
    [InlineData("guid, link, date")]
    [InlineData("no guid, link")]
    [InlineData("guid, no link")]
    [InlineData("no guid, no link")]
    [InlineData("no guid, no link, date")]
    public void An_item_that_is_issued_anew_is_known(string differently)
    {
        _feed.Poll(Item(1), Item(2));
        Assert.Equal("KK", _feed.Poll(Differently(Item(1), differently), Item(2)));
        Assert.Equal("KK", _feed.Poll(Differently(Item(1), differently), Item(2)));
    }

    [Theory]
    [InlineData("headline")]
    [InlineData("text")]
    [InlineData("headline, text")]
    [InlineData("headline, text, date")]
    [InlineData("headline, link")]
    [InlineData("guid, headline, text, date")]
    [InlineData("guid, link, headline")]
    [InlineData("guid, link, text")]
    public void An_item_that_is_edited_is_changed_once(string differently)
    {
        _feed.Poll(Item(1), Item(2));
        Assert.Equal("CK", _feed.Poll(Differently(Item(1), differently), Item(2)));
        Assert.Equal("KK", _feed.Poll(Differently(Item(1), differently), Item(2)));
    }

    [Fact]
    public void A_whole_archive_that_is_issued_anew_brings_nothing()
    {
        var archive = Enumerable.Range(1, 20).Select(Item).ToArray();
        _feed.Poll(archive);

        Assert.Equal(new string('K', 20), _feed.Poll([.. archive.Select(i => i with { Guid = $"new-{i.Guid}", Link = i.Link!.Replace("wire.example", "new.example", StringComparison.Ordinal) })]));
    }

    [Fact]
    public void Items_that_bear_one_guid_are_told_apart_by_their_links_from_then_on()
    {
        Assert.Equal("NNN", _feed.Poll(Item(1) with { Guid = "x" }, Item(2) with { Guid = "x" }, Item(3) with { Guid = "x" }));
        Assert.True(_feed.Trust.GuidsRepeat);
        Assert.Equal("N", _feed.Poll(Item(4) with { Guid = "x" }));
    }

    [Fact]
    public void Items_that_bear_one_link_are_told_apart_by_their_guids_from_then_on()
    {
        const string page = "https://wire.example/changes";
        Assert.Equal("NNN", _feed.Poll(Item(1) with { Link = page }, Item(2) with { Link = page }, Item(3) with { Link = page }));
        Assert.True(_feed.Trust.LinksRepeat);
        Assert.Equal("NK", _feed.Poll(Item(4) with { Link = page }, Item(3) with { Link = page }));
    }

    [Fact]
    public void Items_that_bear_one_guid_and_one_link_are_told_apart_by_what_they_say()
    {
        static FeedEntry Bare(int n) => Item(n) with { Guid = "x", Link = "https://wire.example/" };
        Assert.Equal("NNN", _feed.Poll(Bare(1), Bare(2), Bare(3)));
        Assert.Equal("NKKK", _feed.Poll(Bare(4), Bare(1), Bare(2), Bare(3)));
        Assert.Equal("N", _feed.Poll(Bare(5)));
    }

    [Fact]
    public void Guids_that_number_the_places_of_a_list_are_found_out()
    {
        static FeedEntry[] Top(params int[] items) => [.. items.Select((n, place) => Item(n) with { Guid = $"{place}" })];
        Assert.Equal("NNNN", _feed.Poll(Top(1, 2, 3, 4)));
        Assert.Equal("NKKK", _feed.Poll(Top(5, 1, 2, 3)));
        Assert.True(_feed.Trust.GuidsRepeat);
        Assert.Equal("NNKK", _feed.Poll(Top(6, 7, 5, 1)));
    }

    [Fact]
    public void One_guid_for_whatever_is_newest_hides_nothing() =>
        Assert.Equal("NNN", string.Concat(Enumerable.Range(1, 3).Select(n => _feed.Poll(Item(n) with { Guid = "newest" }))));

    [Fact]
    public void A_standing_page_that_changes_hands_is_two_stories_while_both_are_shown()
    {
        const string standing = "https://wire.example/live";
        _feed.Poll(Item(1) with { Link = standing });

        Assert.Equal("NK", _feed.Poll(Item(2) with { Link = standing }, Item(1)));
        Assert.Equal("KK", _feed.Poll(Item(2) with { Link = standing }, Item(1)));
    }

    [Fact]
    public void The_parts_of_a_series_under_one_headline_are_many_stories()
    {
        static FeedEntry Part(int n) => Item(n) with { Title = "The morning briefing" };
        Assert.Equal("NNN", _feed.Poll(Part(1), Part(2), Part(3)));
        Assert.Equal("NKK", _feed.Poll(Part(4), Part(3), Part(2)));
    }

    [Fact]
    public void The_same_line_under_every_item_tells_none_of_them()
    {
        static FeedEntry Item(int n) => FeedMemory.Item(n) with { Summary = "Read the full story, with pictures and comments of our readers, on the pages of our web site now.", Published = Day };
        Assert.Equal("NNN", _feed.Poll(Item(1), Item(2), Item(3)));
        Assert.Equal("NKK", _feed.Poll(Item(4), Item(1), Item(2)));
    }

    [Fact]
    public void An_item_that_stands_in_two_sections_is_one() =>
        Assert.Equal("NK", _feed.Poll(Item(1), Item(1) with { Guid = "other", Link = "https://wire.example/sport/1" }));

    [Fact]
    public void Two_versions_in_one_document_do_not_take_turns_as_edits()
    {
        var full = Item(1) with { Content = Item(1).Summary + " And there is more to it than that." };
        _feed.Poll(Item(1), full with { Guid = "full" });

        Assert.Equal("KK", _feed.Poll(Item(1), full with { Guid = "full" }));
    }

    [Fact]
    public void An_edit_of_a_headline_written_without_spaces_is_an_edit()
    {
        var item = Item(1) with { Title = "北朝鮮が弾道ミサイルを発射" };
        _feed.Poll(item);

        Assert.Equal("C", _feed.Poll(item with { Title = "北朝鮮が弾道ミサイルを二発発射", Link = "https://wire.example/story/1b", Published = null, Summary = null }));
    }

    [Fact]
    public void Half_a_character_in_a_headline_is_no_fault() => Assert.Equal("N", _feed.Poll(Item(1) with { Title = "Cut \ud83d" }));

    private static FeedEntry Differently(FeedEntry item, string what) => what.Split(", ").Aggregate(item, (i, w) => w switch
    {
        "guid" => i with { Guid = $"again-{i.Guid}" },
        "no guid" => i with { Guid = null },
        "link" => i with { Link = i.Link!.Replace("/story/", "/archive/", StringComparison.Ordinal) },
        "no link" => i with { Link = null },
        "date" => i with { Published = i.Published!.Value.AddDays(3) },
        "no date" => i with { Published = null },
        "headline" => i with { Title = $"Updated: {i.Title}" },
        "text" => i with { Summary = $"{i.Summary} The desk has added this." },
        _ => throw new ArgumentException(w),
    });
}
