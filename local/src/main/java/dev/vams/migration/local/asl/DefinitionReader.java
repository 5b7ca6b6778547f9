package dev.vams.migration.local.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a definition and reports everything that is wrong with it or outside the subset. */
final class DefinitionReader {

  /** Step Functions: a state name has at most 80 characters. */
  private static final int LONGEST_STATE_NAME = 80;

  /** Step Functions: a Map's label has at most 40 characters, none of them special. */
  private static final Pattern LABEL =
      Pattern.compile("[^\\s\\p{Cntrl}?*<>{}\\[\\]:;,\\\\|^~$#%&`\"]{1,40}");

  private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,79}");
  private static final String RESERVED_PREFIX = "States.";
  private static final NumberRange COUNT = NumberRange.whole(0, NumberRange.LARGEST);

  private final Problems problems;
  private final Set<String> stateNames = new HashSet<>();

  DefinitionReader(Problems problems) {
    this.problems = problems;
  }

  StateMachine machine(String name, JsonNode definition) {
    DefinitionObject machine = new DefinitionObject(definition, "$", problems);
    machine.optionalText("Comment");
    machine.oneOf("QueryLanguage", "JSONata");
    Optional<Duration> timeout = machine.optionalSeconds("TimeoutSeconds", 1);
    Workflow workflow = workflow(machine, false);
    machine.refuseOtherFields();
    return new StateMachine(name, workflow, timeout);
  }

  private Workflow workflow(DefinitionObject holder, boolean inMap) {
    String startAt = holder.text("StartAt");
    Map<String, State> states =
        holder.named("States", (name, fields) -> state(name, fields, inMap));
    Workflow workflow = new Workflow(startAt, states);
    checkTransitions(holder, workflow);
    return workflow;
  }

  private void checkTransitions(DefinitionObject holder, Workflow workflow) {
    if (workflow.states().isEmpty()) {
      return;
    }
    if (!workflow.startAt().isEmpty() && !workflow.states().containsKey(workflow.startAt())) {
      holder.problem("StartAt", "there is no state " + workflow.startAt());
      return;
    }
    workflow
        .states()
        .forEach(
            (name, state) ->
                state.exits().stream()
                    .flatMap(exit -> exit.next().stream())
                    .filter(next -> !next.isEmpty() && !workflow.states().containsKey(next))
                    .forEach(
                        next ->
                            problems.add(
                                pathOf(holder, name), "leads to " + next + ", which is no state")));
    Set<String> reachable = workflow.reachable();
    for (String name : workflow.states().keySet()) {
      if (!reachable.contains(name)) {
        problems.add(pathOf(holder, name), "no state leads here");
      }
    }
    if (reachable.stream().map(workflow.states()::get).noneMatch(State::isTerminal)) {
      holder.problem("States", "no state ends the run");
    }
  }

  private static String pathOf(DefinitionObject holder, String stateName) {
    return holder.pathOf("States") + "." + stateName;
  }

  private State state(String name, DefinitionObject fields, boolean inMap) {
    if (!stateNames.add(name)) {
      problems.add(fields.path(), "there is another state " + name + " in this machine");
    }
    if (name.isEmpty() || name.length() > LONGEST_STATE_NAME) {
      problems.add(
          fields.path(), "a state's name must have 1 to " + LONGEST_STATE_NAME + " characters");
    }
    fields.optionalText("Comment");
    String type = fields.text("Type");
    return switch (type) {
      case "Task" -> task(name, fields);
      case "Choice" -> choice(name, fields);
      case "Map" ->
          fields.has("Items") ? inlineMap(name, fields) : distributedMap(name, fields, inMap);
      case "Succeed" ->
          new SucceedState(
              name, new Exit(Map.of(), fields.optionalTemplate("Output"), Optional.empty()));
      case "Fail" ->
          new FailState(
              name, fields.optionalTextTemplate("Error"), fields.optionalTextTemplate("Cause"));
      case "Pass" -> new PassState(name, exit(fields));
      case "Wait" -> wait(name, fields);
      default -> {
        if (!type.isEmpty()) {
          fields.problem("Type", "the state type " + type + " is not supported");
        }
        yield new PassState(name, exit(fields));
      }
    };
  }

  private State task(String name, DefinitionObject fields) {
    fields.resource("lambda:invoke");
    Recovery recovery = recovery(fields);
    Optional<Duration> timeout = fields.optionalSeconds("TimeoutSeconds", 1);
    Exit exit = exit(fields);
    return fields.object(
        "Arguments",
        arguments ->
            new TaskState(
                name,
                arguments.textTemplate("FunctionName"),
                arguments.template("Payload"),
                timeout,
                recovery,
                exit));
  }

  private State choice(String name, DefinitionObject fields) {
    List<ChoiceState.Rule> rules =
        fields.objects(
            "Choices",
            true,
            rule -> {
              rule.optionalText("Comment");
              return new ChoiceState.Rule(condition(rule), exitTo(rule));
            });
    Optional<Exit> otherwise =
        fields
            .optionalText("Default")
            .map(next -> new Exit(Map.of(), Optional.empty(), Optional.of(next)));
    return new ChoiceState(name, rules, otherwise);
  }

  private static Template condition(DefinitionObject rule) {
    Template condition = rule.template("Condition");
    if (condition instanceof Template.Literal literal
        && !literal.value().isMissingNode()
        && !literal.value().isBoolean()) {
      rule.problem("Condition", "must be an expression or a boolean, but is " + literal.value());
    }
    return condition;
  }

  private State wait(String name, DefinitionObject fields) {
    NumberRange range = NumberRange.whole(0, NumberRange.LARGEST);
    Optional<NumberTemplate> seconds = fields.optionalNumberTemplate("Seconds", range);
    if (seconds.isEmpty()) {
      problems.add(fields.path(), "the field Seconds is missing");
    }
    NumberTemplate standIn = new NumberTemplate("Seconds", new Template.Literal(null), range);
    return new WaitState(name, seconds.orElse(standIn), exit(fields));
  }

  private State inlineMap(String name, DefinitionObject fields) {
    return new InlineMapState(
        name,
        fields.template("Items"),
        fields.optionalTemplate("ItemSelector"),
        fields.optionalNumberTemplate("MaxConcurrency", COUNT),
        itemProcessor(fields, "INLINE"),
        recovery(fields),
        exit(fields));
  }

  private State distributedMap(String name, DefinitionObject fields, boolean inMap) {
    if (inMap) {
      fields.problem("Type", "a distributed Map inside a Map is not supported");
    }
    String label = fields.optionalText("Label").orElse(name);
    if (fields.has("Label") && !LABEL.matcher(label).matches()) {
      fields.problem(
          "Label", "must have 1 to 40 characters, none of them blank or special, but is " + label);
    }
    ObjectTemplate source =
        fields.object(
            "ItemReader",
            reader -> {
              reader.resource("s3:getObject");
              reader.object(
                  "ReaderConfig",
                  config -> {
                    config.oneOf("InputType", "JSONL");
                    return config;
                  });
              return objectTemplate(reader, "Key");
            });
    ObjectTemplate destination =
        fields.object(
            "ResultWriter",
            writer -> {
              writer.resource("s3:putObject");
              return objectTemplate(writer, "Prefix");
            });
    return new MapState(
        name,
        label,
        source,
        fields.optionalTemplate("ItemSelector"),
        fields.optionalNumberTemplate("MaxConcurrency", COUNT),
        new FailureTolerance(
            fields.optionalNumberTemplate("ToleratedFailureCount", COUNT),
            fields.optionalNumberTemplate(
                "ToleratedFailurePercentage", NumberRange.decimal(0, 100))),
        itemProcessor(fields, "DISTRIBUTED"),
        destination,
        recovery(fields),
        exit(fields));
  }

  private static ObjectTemplate objectTemplate(DefinitionObject holder, String keyField) {
    return holder.object(
        "Arguments",
        arguments ->
            new ObjectTemplate(arguments.textTemplate("Bucket"), arguments.textTemplate(keyField)));
  }

  private Workflow itemProcessor(DefinitionObject fields, String mode) {
    return fields.object(
        "ItemProcessor",
        processor -> {
          processor.optionalText("Comment");
          processor.object(
              "ProcessorConfig",
              config -> {
                config.oneOf("Mode", mode);
                if (!mode.equals("INLINE")) {
                  config.oneOf("ExecutionType", "STANDARD");
                }
                return config;
              });
          return workflow(processor, true);
        });
  }

  private Recovery recovery(DefinitionObject fields) {
    List<Retrier> retriers = fields.objects("Retry", false, this::retrier);
    List<Catcher> catchers =
        fields.objects(
            "Catch",
            false,
            catcher -> {
              catcher.optionalText("Comment");
              return new Catcher(errorEquals(catcher), exitTo(catcher));
            });
    checkAllIsLast(fields, "Retry", retriers.stream().map(Retrier::errorEquals).toList());
    checkAllIsLast(fields, "Catch", catchers.stream().map(Catcher::errorEquals).toList());
    return new Recovery(retriers, catchers);
  }

  private static void checkAllIsLast(
      DefinitionObject fields, String field, List<Set<String>> errorEquals) {
    for (int index = 0; index < errorEquals.size(); index++) {
      Set<String> errors = errorEquals.get(index);
      if (errors.contains(StateError.ALL)
          && (errors.size() > 1 || index < errorEquals.size() - 1)) {
        fields.problem(field + "[" + index + "]", StateError.ALL + " must stand alone and last");
      }
    }
  }

  private Retrier retrier(DefinitionObject fields) {
    fields.optionalText("Comment");
    Set<String> errors = errorEquals(fields);
    Retrier defaults = Retrier.withDefaults(errors);
    Duration interval = fields.optionalSeconds("IntervalSeconds", 1).orElse(defaults.interval());
    Optional<Duration> maximumDelay = fields.optionalSeconds("MaxDelaySeconds", 1);
    if (maximumDelay.isPresent() && maximumDelay.get().compareTo(interval) <= 0) {
      fields.problem("MaxDelaySeconds", "must be greater than IntervalSeconds");
    }
    boolean jitter = fields.has("JitterStrategy");
    if (jitter) {
      fields.oneOf("JitterStrategy", "FULL", "NONE");
    }
    return new Retrier(
        errors,
        interval,
        fields
            .optionalNumber("BackoffRate", NumberRange.decimal(1, NumberRange.LARGEST))
            .map(JsonNode::doubleValue)
            .orElse(defaults.backoffRate()),
        fields
            .optionalNumber("MaxAttempts", NumberRange.whole(0, NumberRange.LARGEST))
            .map(JsonNode::intValue)
            .orElse(defaults.maximumRetries()),
        maximumDelay,
        jitter && fields.text("JitterStrategy").equals("FULL"));
  }

  private static Set<String> errorEquals(DefinitionObject fields) {
    Set<String> errors = new HashSet<>();
    List<JsonNode> names = new ArrayList<>();
    fields.optional("ErrorEquals").ifPresent(array -> array.forEach(names::add));
    if (names.isEmpty()) {
      fields.problem("ErrorEquals", "must be an array of error names that is not empty");
    }
    for (JsonNode name : names) {
      if (!name.isTextual()) {
        fields.problem("ErrorEquals", "must contain strings only, but contains " + name);
      } else if (name.textValue().startsWith(RESERVED_PREFIX)
          && !StateError.RESERVED_MATCHERS.contains(name.textValue())) {
        fields.problem("ErrorEquals", "the error name " + name.textValue() + " is not supported");
      }
      errors.add(name.asText());
    }
    return errors;
  }

  /** Of a state: Next or End, with Assign and Output. */
  private Exit exit(DefinitionObject fields) {
    boolean end = fields.isTrue("End");
    Optional<String> next = fields.optionalText("Next");
    if (end == next.isPresent()) {
      problems.add(fields.path(), "needs either Next or \"End\": true");
    }
    return new Exit(assign(fields), fields.optionalTemplate("Output"), next);
  }

  /** Of a choice rule or a catcher: Next, with Assign and Output. */
  private Exit exitTo(DefinitionObject fields) {
    return new Exit(
        assign(fields), fields.optionalTemplate("Output"), Optional.of(fields.text("Next")));
  }

  private static Map<String, Template> assign(DefinitionObject fields) {
    Optional<Template> assign = fields.optionalTemplate("Assign");
    if (assign.isEmpty()) {
      return Map.of();
    }
    if (!(assign.get() instanceof Template.Fields variables)) {
      fields.problem("Assign", "must be an object");
      return Map.of();
    }
    for (String name : variables.fields().keySet()) {
      if (!VARIABLE.matcher(name).matches() || name.equals("states")) {
        fields.problem("Assign." + name, "is no name for a variable");
      }
    }
    return new LinkedHashMap<>(variables.fields());
  }
}
