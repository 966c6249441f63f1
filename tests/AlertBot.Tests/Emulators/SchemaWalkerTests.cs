using System.Text.Json;
using AlertBot.Emulators.Schemas;

namespace AlertBot.Tests.Emulators;

public sealed class SchemaWalkerTests
{
    private const string Named = """{"type":"object","properties":{"title":{"type":"string"},"size":{"type":"integer"}},"required":["title"]}""";

    [Theory]
    [InlineData("""{"type":"string"}""", "\"x\"")]
    [InlineData("""{"type":["string","null"]}""", "null")]
    [InlineData("""{"type":"integer"}""", "3.0")]
    [InlineData("""{"type":"number"}""", "3.5")]
    [InlineData("""{"enum":[1,2]}""", "2")]
    [InlineData("""{"const":"x"}""", "\"x\"")]
    [InlineData("""{"minimum":1,"maximum":3}""", "3")]
    [InlineData("""{"minLength":1,"maxLength":2}""", "\"😀😀\"")]
    [InlineData("""{"pattern":"^[0-9]+$"}""", "\"42\"")]
    [InlineData("""{"minItems":1,"maxItems":2,"uniqueItems":true,"items":{"type":"integer"}}""", "[1,2]")]
    [InlineData(Named, """{"title":"t"}""")]
    [InlineData("""{"type":"object"}""", """{"anything":1}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"any":1}""")]
    [InlineData("""{"allOf":[{"$ref":"#/defs/Named"},{"properties":{"more":{"type":"boolean"}}}]}""", """{"title":"t","more":true}""")]
    [InlineData("""{"oneOf":[{"type":"null"},{"$ref":"#/defs/Named"}]}""", """{"title":"t"}""")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"minimum":1}]}""", "5")]
    [InlineData("true", "[1]")]
    public void Good_values_pass(string schema, string value) => Assert.Empty(Check(schema, value));

    [Theory]
    [InlineData("""{"type":"string"}""", "1", " must be string")]
    [InlineData("""{"type":["string","null"]}""", "1", " must be string or null")]
    [InlineData("""{"type":"integer"}""", "3.5", " must be integer")]
    [InlineData("""{"type":"boolean"}""", "\"true\"", " must be boolean")]
    [InlineData("""{"type":"object"}""", "[]", " must be object")]
    [InlineData("""{"type":"array"}""", "{}", " must be array")]
    [InlineData("""{"enum":[1,2]}""", "3", " must be equal to one of the allowed values")]
    [InlineData("""{"const":4}""", "5", " must be equal to constant")]
    [InlineData("""{"minimum":1}""", "0", " must be >= 1")]
    [InlineData("""{"maximum":3}""", "3.5", " must be <= 3")]
    [InlineData("""{"minLength":2}""", "\"😀\"", " must NOT have fewer than 2 characters")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", " must NOT have more than 2 characters")]
    [InlineData("""{"pattern":"^[0-9]+$"}""", "\"4x\"", " must match pattern \"^[0-9]+$\"")]
    [InlineData("""{"minItems":1}""", "[]", " must NOT have fewer than 1 items")]
    [InlineData("""{"maxItems":1}""", "[1,2]", " must NOT have more than 1 items")]
    [InlineData("""{"uniqueItems":true}""", "[1,1]", " must NOT have duplicate items")]
    [InlineData("""{"maxProperties":1,"additionalProperties":true}""", """{"a":1,"b":2}""", " must NOT have more than 1 properties")]
    [InlineData("""{"items":{"type":"integer"}}""", """[1,"x"]""", "/1 must be integer")]
    [InlineData(Named, "{}", " must have required property 'title'")]
    [InlineData(Named, """{"title":"t","titel":"t"}""", "/titel unknown property")]
    [InlineData(Named, """{"title":"t","size":"big"}""", "/size must be integer")]
    [InlineData("""{"additionalProperties":false}""", """{"a":1}""", "/a unknown property")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"a":"x"}""", "/a must be integer")]
    [InlineData("""{"allOf":[{"$ref":"#/defs/Named"},{"properties":{"more":{"type":"boolean"}}}]}""", """{"title":"t","mor":true}""", "/mor unknown property")]
    [InlineData("""{"oneOf":[{"type":"null"},{"$ref":"#/defs/Named"}]}""", """{"title":1}""", "/title must be string")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":1}]}""", "5", " must match exactly one schema in oneOf")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"x\"", " must be integer")]
    [InlineData("""{"items":{"$ref":"#/defs/Tree"}}""", """[{"kids":[{"kids":[{"kid":1}]}]}]""", "/0/kids/0/kids/0/kid unknown property")]
    public void Each_planted_fault_is_found(string schema, string value, string fault) => Assert.Contains(fault, Check(schema, value));

    [Fact]
    public void Of_several_branches_the_one_with_the_right_kind_complains()
    {
        const string schema = """
            {"oneOf":[
              {"type":"object","properties":{"type":{"const":2},"label":{"type":"string"}},"required":["type"]},
              {"type":"object","properties":{"type":{"const":3},"options":{"type":"array"},"custom_id":{"type":"string"}},"required":["type","options","custom_id"]}]}
            """;

        Assert.Equal(["/labl unknown property"], Check(schema, """{"type":2,"labl":"x"}"""));
        Assert.Equal([" must have required property 'options'", " must have required property 'custom_id'"], Check(schema, """{"type":3}"""));
    }

    private static IReadOnlyList<string> Check(string schema, string value)
    {
        var root = JsonSerializer.Deserialize<JsonElement>($$"""
            {"defs":{"Named":{{Named}},"Tree":{"type":"object","properties":{"kids":{"type":"array","items":{"$ref":"#/defs/Tree"} } } } } }
            """);
        return new SchemaWalker(root, SpecDeviations.None).Check(JsonSerializer.Deserialize<JsonElement>(schema), JsonSerializer.Deserialize<JsonElement>(value));
    }
}
