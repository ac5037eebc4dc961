using Steepest.Compare.Descriptions;

namespace Steepest.Tests.Compare.Descriptions;

/// <summary>Each mistake in an experiment's file has its sentence: where, what was found and what was expected.</summary>
public sealed class ExperimentRefusalTests
{
    [Theory]
    [InlineData("", "'e.json' is empty, but an object such as")]
    [InlineData("  \n", "'e.json' is empty, but an object such as")]
    [InlineData("// nothing", "'e.json', line 1, column 11: the file ends, but the rest of it was expected.")]
    [InlineData("experiment", "'e.json', line 1, column 1: found 'e', but JSON would go on otherwise there; quotes, commas and brackets in their places were expected.")]
    [InlineData("{\"tasks\": [\n  \"iris\" \"wine\"]}", "'e.json', line 2, column 10: found '\"'")]
    [InlineData("{\"tasks\": [", "'e.json', line 1, column 12: the file ends, but the rest of it was expected.")]
    [InlineData("{\"€😀\" 1}", "'e.json', line 1, column 8: found '1'")]
    [InlineData("[]", "'e.json', line 1, column 1: $ is a list, but an object such as")]
    [InlineData("{}", "'e.json', line 1, column 1: $ has no tasks, but every experiment needs one")]
    public void A_file_that_is_no_experiment(string text, string sentence) => Assert.StartsWith(sentence, ExperimentJsonTests.Refused(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("""  "taskss": [],""", "'e.json', line 2, column 3: $.taskss: There is no experiment member 'taskss'; did you mean tasks?")]
    [InlineData("""  "seed": 1, "seed": 2,""", "'e.json', line 2, column 14: $.seed is there twice, but a member can have one value.")]
    [InlineData("""  "repeats": 0,""", "'e.json', line 2, column 14: $.repeats is 0, but a whole number from 1 to 2147483647 was expected.")]
    [InlineData("""  "repeats": "ten",""", "'e.json', line 2, column 14: $.repeats is \"ten\", but a whole number from 1 to 2147483647 was expected.")]
    [InlineData("""  "repeats": 3,""", "'e.json', line 2, column 14: $.repeats: With 3 repeats no verdict on 1 comparison is possible")]
    [InlineData("""  "tries": 1,""", "'e.json', line 2, column 12: $.tries is 1, but a whole number from 2 to 2147483647 was expected.")]
    [InlineData("""  "confirmed": 9, "tries": 8,""", "'e.json', line 2, column 16: $.confirmed: The experiment")]
    [InlineData("""  "all-pairs": 1,""", "'e.json', line 2, column 16: $.all-pairs is 1, but true or false was expected.")]
    [InlineData("""  "seed": 1.5,""", "'e.json', line 2, column 11: $.seed is 1.5, but a whole number from 0 to 18446744073709551615 was expected.")]
    [InlineData("""  "baseline": "adm",""", "'e.json', line 2, column 15: $.baseline: There is no contender 'adm'; did you mean adam?")]
    [InlineData("""  "name": "",""", "'e.json', line 2, column 11: $.name is \"\", but a text that is not empty was expected.")]
    [InlineData("""  "$schema": 1,""", "'e.json', line 2, column 14: $.$schema is 1, but a name was expected.")]
    public void A_member_of_an_experiment(string line, string sentence) => Assert.StartsWith(
        sentence, ExperimentJsonTests.Refused($$"""
            {
            {{line}}
              "tasks": ["iris"], "contenders": ["adam", "sgd"]
            }
            """), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "$.tasks is an empty list, but at least one task was expected.")]
    [InlineData("\"iris\", \"iris\"", "$.tasks[1] is the second task of the name iris, but each needs a name of its own.")]
    [InlineData("\"irs\"", "$.tasks[0]: There is no task 'irs'; did you mean iris?")]
    [InlineData("7", "$.tasks[0] is 7, but the name of a task or an object such as")]
    [InlineData("{\"epochs\": 5}", "$.tasks[0] has no data and no function, but a task needs one of them")]
    [InlineData("{\"data\": \"iris\"}", "$.tasks[0] has no epochs, but every task needs one")]
    [InlineData("{\"data\": \"irs\", \"epochs\": 5}", "$.tasks[0].data: There is no data set 'irs'; did you mean iris?")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 0}", "$.tasks[0].epochs is 0, but a whole number from 1 to 2147483647 was expected.")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"hiden\": [4]}", "$.tasks[0].hiden: There is no task member 'hiden'; did you mean hidden?")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"hidden\": 4}", "$.tasks[0].hidden is 4, but a list of the units of each hidden layer such as [64, 32] was expected.")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"hidden\": [4, 0]}", "$.tasks[0].hidden[1] is 0, but a whole number from 1 to 1000000 was expected.")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"activation\": \"rleu\"}", "$.tasks[0].activation: There is no activation 'rleu'; did you mean relu?")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"activation\": {\"name\": \"relu\", \"slope\": 1}}", "$.tasks[0].activation.slope: relu has no settings, but this is one.")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"activation\": {\"name\": \"elu\", \"alpha\": -1}}", "$.tasks[0].activation: The alpha of elu is -1")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"metric\": \"accuracy\"}", "$.tasks[0].metric: There is no metric 'accuracy'")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"test-share\": 1}", "$.tasks[0].test-share: The task iris has a test share of 1, but it must be at least 0 and below 1.")]
    [InlineData("{\"data\": \"iris\", \"epochs\": 5, \"target\": 1e999}", "$.tasks[0].target is 1e999, but a number was expected.")]
    [InlineData("{\"function\": \"rosenbrok\", \"epochs\": 5}", "$.tasks[0].function: There is no test function 'rosenbrok'; did you mean rosenbrock?")]
    [InlineData("{\"function\": \"noisy-quadratic\", \"epochs\": 5, \"condition\": 0.5}", "$.tasks[0].condition: The task noisy-quadratic has a condition of 0.5")]
    public void A_task(string tasks, string sentence)
    {
        var message = ExperimentJsonTests.Refused($$"""{"tasks": [{{tasks}}], "contenders": ["adam", "sgd"]}""");
        Assert.StartsWith("'e.json', line 1, column ", message, StringComparison.Ordinal);
        Assert.StartsWith(sentence, message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "$.contenders has no contender, but a comparison needs two or more.")]
    [InlineData("\"adam\"", "$.contenders has one contender, but a comparison needs two or more.")]
    [InlineData("\"adam\", \"Adam\"", "$.contenders[1] is the second contender of the name Adam, but each needs a name of its own.")]
    [InlineData("\"adam\", {}", "$.contenders[1] has no optimizer, but a contender needs one")]
    [InlineData("\"adam\", {\"optimzer\": \"sgd\"}", "$.contenders[1].optimzer: There is no member of a contender 'optimzer'; did you mean optimizer?")]
    [InlineData("\"adam\", {\"optimizer\": {\"name\": \"adma\"}}", "$.contenders[1].optimizer.name: There is no optimizer 'adma'; did you mean adam?")]
    [InlineData("\"adam\", {\"optimizer\": {\"name\": \"adam\", \"beta1\": 2}}", "$.contenders[1].optimizer.beta1: The beta1 of adam is 2, but it must lie in [0, 1).")]
    [InlineData("\"adam\", {\"optimizer\": {\"name\": \"adam\", \"learning-rate\": {\"name\": \"warm-up\", \"steps\": 5}}}", "$.contenders[1].optimizer.learning-rate: The schedule warm-up needs then")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": \"wid\"}", "$.contenders[1].space: There is no search space 'wid'; did you mean wide?")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": {}}", "$.contenders[1].space is empty, but a setting with its range was expected, or none for a contender that runs as it is set.")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": {\"learning-rate\": [1, 0.1]}}", "$.contenders[1].space.learning-rate: The search space of lion has learning-rate from 1 to 0.1, which is empty")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": {\"learning-rate\": [0, 0.1]}}", "$.contenders[1].space.learning-rate: The search space of lion has learning-rate from 0, but on a logarithmic scale")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": {\"learning-rate\": [0.1]}}", "$.contenders[1].space.learning-rate has 1 item, but a list of the least and the greatest value")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": {\"learning-rate\": [0.1, 1, \"lgo\"]}}", "$.contenders[1].space.learning-rate[2]: There is no scale 'lgo'; did you mean log?")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": {\"learning-rat\": [0.1, 1]}}", "$.contenders[1].space.learning-rat: There is no adam setting 'learning-rat'; did you mean learning-rate?")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"space\": {\"beta1\": [0.1, 2, \"linear\"]}}", "$.contenders[1].space.beta1: The beta1 of adam is 2, but it must lie in [0, 1).")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"groups\": {}}", "$.contenders[1].groups is an object, but a list of groups was expected.")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"groups\": [{}]}", "$.contenders[1].groups[0] has no segments, but a role or the name of a segment was expected.")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"groups\": [{\"segments\": \"bias\"}]}", "$.contenders[1].groups[0] changes nothing, but an object such as")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"groups\": [{\"segments\": \"bias\", \"frozen\": true, \"beta1\": 0}]}", "$.contenders[1].groups[0] is frozen, but has settings too; one or the other was expected.")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"groups\": [{\"segments\": \"bias\", \"beta3\": 0}]}", "$.contenders[1].groups[0].beta3: There is no member of a group of adam 'beta3'; did you mean beta1?")]
    [InlineData("\"adam\", {\"optimizer\": \"lion\", \"groups\": [{\"segments\": \"bias\", \"optimizer\": \"sgdd\"}]}", "$.contenders[1].groups[0].optimizer: There is no optimizer 'sgdd'; did you mean sgd?")]
    public void A_contender(string contenders, string sentence)
    {
        var message = ExperimentJsonTests.Refused($$"""{"tasks": ["iris"], "contenders": [{{contenders}}]}""");
        Assert.StartsWith("'e.json', line 1, column ", message, StringComparison.Ordinal);
        Assert.StartsWith(sentence, message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_dot_is_told_apart_from_a_path() => Assert.StartsWith(
        "'e.json', line 1, column 2: $['a.b']: There is no experiment member 'a.b'", ExperimentJsonTests.Refused("""{"a.b": 1, "a": {"b": 1}}"""), StringComparison.Ordinal);

    [Fact]
    public void Half_a_character_is_told() => Assert.StartsWith(
        "'e.json', line 2, column 10: found half a surrogate pair", ExperimentJsonTests.Refused($$"""
            {
            "name": "{{(char)0xD800}}" }
            """), StringComparison.Ordinal);

    [Fact]
    public void Too_deep_is_told() => Assert.Contains(
        "found values nested more than 64 deep, but fewer were expected.", ExperimentJsonTests.Refused(new string('[', 100)), StringComparison.Ordinal);

    [Fact]
    public void A_file_of_half_a_gigabyte_is_refused_before_it_is_read()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        try
        {
            // Sparse: it takes no room.
            using (var file = File.Create(path)) file.SetLength(512L << 20);
            Assert.Equal(
                $"'{path}' has 536,870,912 bytes, but a file of at most 4,194,304 was expected.",
                Assert.Throws<SteepestException>(() => ExperimentJson.ReadFile(path, new(_ => []))).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_text_is_told()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var path = Path.Combine(folder, "e.json");
            Assert.StartsWith($"'{path}': there is no such file", Told(path), StringComparison.Ordinal);
            Assert.StartsWith($"'{folder}' is a folder", Told(folder), StringComparison.Ordinal);
            File.WriteAllBytes(path, [(byte)'{', 0xFF, 0xFE, (byte)'}']);
            Assert.StartsWith($"'{path}' holds bytes that are not UTF-8", Told(path), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static string Told(string path) => Assert.Throws<SteepestException>(() => ExperimentJson.ReadFile(path, new(_ => []))).Message;
    }
}
