namespace AlertBot.Stories.Events;

/// <summary>How common a number is in news: everybody has a 2, few have a 1,348.</summary>
internal static class Numbers
{
    public static double ShareOf(string figure)
    {
        if (figure.Contains('.') || figure.Contains(':'))
        {
            return 0.01;
        }

        return figure.Length switch
        {
            1 => 0.4,
            2 => 0.12,
            3 => 0.02,
            4 when figure is ['1', '9', ..] or ['2', '0', ..] => 0.15,
            _ => 0.004,
        };
    }
}
