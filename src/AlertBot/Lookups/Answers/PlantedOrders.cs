using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Lookups.Answers;

/// <summary>
/// Tells text that speaks to a program from text that tells a story: orders to whoever writes the answer, pretended turns of a talk, what hides behind
/// invisible characters. Such a sentence is neither quoted nor shown to a model. It is the first of several walls: what a model writes is
/// checked, too (<see cref="AnswerCheck"/>).
/// </summary>
internal static partial class PlantedOrders
{
    // An order is short; a text in another alphabet's look-alikes or with spaces between its letters is read as it looks.
    private const int MostHidden = 2;

    public static bool IsIn(string sentence)
    {
        var plain = Plain(sentence, out var hidden);
        return hidden > MostHidden || InOtherTongues().IsMatch(sentence) || Turn().IsMatch(plain) || Override().IsMatch(plain) || ToProgram().IsMatch(plain) || Dictated().IsMatch(plain) || Encoded().IsMatch(plain);
    }

    private static string Plain(string text, out int hidden)
    {
        hidden = 0;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            // Tags and direction marks are written to be read by programs only.
            var isHidden = rune.Value is >= 0xE0000 and <= 0xE007F or >= 0x202A and <= 0x202E or >= 0x2060 and <= 0x2069 or 0x200B or 0xFEFF;
            hidden += isHidden ? 1 : 0;
            if (!isHidden && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                plain.Append(LookAlike(rune));
            }
        }

        return plain.ToString();
    }

    private static Rune LookAlike(Rune rune) => "аеорсухіѕАЕОРСХІВМТНК".IndexOf(rune.ToString(), StringComparison.Ordinal) is >= 0 and var at ? new Rune("aeopcyxisAEOPCXIBMTHK"[at]) : rune;

    // "System:", "<|assistant|>", "[INST]", "### Instruction", "</passage>".
    [GeneratedRegex(
        @"<\|?/?\s*(?:im_start|im_end|system|assistant|user|passages?|source|context|instructions?|prompt|s)\b[^>]*>|\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>|^\W*(?:system|assistant|user|developer|human|ai)\s*(?:message|prompt|note|override)?\s*:|#{2,}\s*(?:instruction|system|response|prompt|new)|\bBEGIN (?:SYSTEM|INSTRUCTIONS?|PROMPT)\b|\bEND OF (?:ARTICLE|DOCUMENT|CONTEXT|PASSAGES?|PROMPT|SOURCES?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Turn();

    // "Ignore all previous instructions", "your new task is".
    [GeneratedRegex(
        @"\b(?:ignor\w+|disregard\w*|forget\w*|overrid\w+|bypass\w*|discard\w*|drop|do not follow|don't follow|stop following|skip)\b.{0,60}\b(?:instructions?|prompts?|rules?|guidelines?|directives?|orders|commands?|context|sources?|passages?|(?:the )?above|everything (?:above|before)|(?:prior|previous|earlier|preceding) (?:text|content|messages?|questions?))\b"
        + @"|\b(?:new|updated|real|actual|following|secret|hidden|these|your|system|developer|special|priority) (?:instructions?|directives?|system prompt|prompt|task is|orders?:|rules?:)|\bsystem prompt\b|\binitial prompt\b|\bprompt injection\b|\bjailbreak\w*|\bdeveloper mode\b|\bDAN mode\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Override();

    // "Attention AI assistants", "you are now a pirate", "if you are a language model".
    [GeneratedRegex(
        @"\b(?:AI|artificial intelligence|language|LLM|chat)\s?(?:assistants?|models?|agents?|systems?|bots?|readers?|summari[sz]ers?)\b.{0,80}\b(?:must|should|shall|need to|are required|please|instead|reply|respond|answer|say|write|output|include|state|tell|report|print|note)\b"
        + @"|\b(?:dear|attention|note to|notice to|message (?:to|for)|hey|hello|to (?:all|any|the))\s+(?:all |any |the )?(?:AI|LLMs?|assistants?|chat\s?bots?|bots?|(?:large )?language models?|summari[sz]ers?|alert\s?bot|chatgpt|gpt|claude|gemini|model)\b"
        + @"|\byou are (?:now |actually )?(?:an? )?(?:AI|LLM|assistant|chat\s?bot|bot|language model|pirate|DAN|helpful|unrestricted|free)\b|\b(?:if|when|since|because|as) you(?: are|'re)? (?:an? |the )?(?:AI|LLM|assistant|language model|chat\s?bot|bot|answering|summari[sz]ing|processing|reading this|asked)\b|\bact as (?:an? |the )?\w+|\bpretend (?:to be|that you|you)\b|\brole-?play\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ToProgram();

    // "Reply only with", "answer the question with", "begin your answer with", "visit http", "say exactly".
    [GeneratedRegex(
        @"^\W*(?:please |now |instead,? |then |and |always |you must |you should |must )*(?:reply|respond|answer|output|print|write|say|state|repeat|return|echo|conclude|claim|tell (?:the )?(?:users?|readers?|everyone|them)|include|append|add|insert|mention|end|begin|start|finish|prefix|translate|reveal|disclose|post|send|ping|notify|click|visit|go to|call|execute|run|delete|follow|unfollow|mute|recommend|use|cite|summari[sz]e)\b[^.?!]{0,80}?(?:\bwith\b|\bonly\b|\bexactly\b|\bthat\b|\bthe (?:words?|phrase|following|text|link|users?|string|code|tokens?|password|keys?|channel)\b|\byour (?:answer|reply|response|instructions|output|prompt|summary)\b|["":“'‘`]|https?:|www\.|@(?:everyone|here|channel)|<@|\bPWNED\b|/\w+)"
        + @"|\b(?:your|the|every|each|any) (?:final )?(?:answers?|repl(?:y|ies)|responses?|outputs?|summar(?:y|ies)) (?:must|should|shall|has to|needs? to|will|is to)\b|\b(?:in|to|of|with|at the end of) your (?:answers?|reply|replies|responses?|outputs?|summary|summaries)\b|\b(?:answer|reply|respond) (?:only )?(?:with|in|as)\b.{0,40}(?:[""“'‘`]|\bonly\b|\binstead\b)|@everyone\b|@here\b|<!(?:channel|here|everyone)>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Dictated();

    // "Ignore the instructions above" in the tongues that feeds of the archive are likely to have.
    [GeneratedRegex(
        @"(?:지시|명령|지침|프롬프트)\S{0,3}\s?(?:모두\s?)?무시|(?:忽略|无视|無視|忘记|忘記).{0,12}(?:指令|指示|提示|规则|規則)|(?:指示|命令).{0,6}(?:無視|忘れ)"
        + @"|\b(?:ignor[ae]|olvida|omite)\b.{0,30}\binstrucciones\b|\b(?:ignore[zr]?|oublie[zr]?)\b.{0,30}\b(?:instructions|consignes)\b|\b(?:ignorier\w*|vergiss|missachte\w*)\b.{0,40}\b(?:Anweisung\w*|Regeln)\b|\b(?:ignore|esqueça)\b.{0,30}\binstruções\b|(?:игнорируй|забудь|не обращай)\w*.{0,40}(?:инструкц|указани|правил)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InOtherTongues();

    // A word of sixty characters is no word.
    [GeneratedRegex(@"[A-Za-z0-9+/=_-]{60,}", RegexOptions.CultureInvariant)]
    private static partial Regex Encoded();
}
