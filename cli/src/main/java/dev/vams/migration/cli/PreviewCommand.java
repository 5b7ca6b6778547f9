package dev.vams.migration.cli;

import dev.vams.migration.core.json.Suggestion;
import dev.vams.migration.core.limit.InFlight;
import dev.vams.migration.core.plan.MigrationSchema;
import dev.vams.migration.core.plan.Operation;
import dev.vams.migration.core.plan.TablePair;
import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.ItemPage;
import dev.vams.migration.core.store.ItemSize;
import dev.vams.migration.core.store.ItemTable;
import dev.vams.migration.core.store.Lookup;
import dev.vams.migration.core.store.TableFacts;
import dev.vams.migration.core.transfer.TransferLimits;
import dev.vams.migration.core.transform.ItemTransform;
import dev.vams.migration.core.transform.KeyRules;
import dev.vams.migration.core.transform.Transformed;
import dev.vams.migration.workflow.AwsAccess;
import dev.vams.migration.workflow.WorkflowWiring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what becomes of a table's items. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows some items of a table as they are in stack A and as they will be in stack B. Writes nothing.",
      "Lines with - are only in stack A, lines with + only in stack B. Contents are shown: mind who is looking."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:all items that are shown can go to the target",
      " 1:one of them cannot",
      " 2:the schema or an option is wrong",
      " 3:a table cannot be reached or is not allowed"
    },
    footer = {
      "",
      "Examples:",
      "  vams-migrate preview --schema my-migration.json --table assetStorageTable",
      "  vams-migrate preview --schema my-migration.json --table TABLE --items 100 | less"
    })
final class PreviewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--schema",
      required = true,
      paramLabel = "FILE",
      description = "The migration schema.")
  private Path schemaFile;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "DESCRIPTOR",
      description = "The tableDescriptor of the pair.")
  private String descriptor;

  @Option(
      names = "--items",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many items are shown (default: 5).")
  private int wanted;

  @Override
  public Integer call() {
    if (wanted < 1) {
      throw new UserException(
          ExitCode.WRONG_INPUT, "--items: %d is too little. Give 1 or more.".formatted(wanted));
    }
    MigrationSchema schema = SchemaFile.read(schemaFile);
    TablePair pair = pair(schema);
    InstantSource clock = InstantSource.system();
    try (WorkflowWiring wiring =
        new WorkflowWiring(
            new AwsAccess.Standard(),
            unused -> null,
            TransferLimits.DEFAULT,
            new Progress(clock),
            clock,
            new Random())) {
      ItemTable source = wiring.source(schema).table(pair.from());
      TableFacts from = look(source, pair.from());
      TableFacts to = look(wiring.target(schema).table(pair.to()), pair.to());
      return show(pair, source, from, new KeyRules(to.keys(), to.indexKeys()));
    }
  }

  private TablePair pair(MigrationSchema schema) {
    List<String> known = schema.tables().stream().map(TablePair::descriptor).toList();
    return schema.tables().stream()
        .filter(pair -> pair.descriptor().equals(descriptor))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    ExitCode.WRONG_INPUT,
                    "--table: %s has no table pair '%s'. %s"
                        .formatted(
                            schemaFile,
                            descriptor,
                            Suggestion.closest(descriptor, known)
                                .map("Did you mean '%s'?"::formatted)
                                .orElse(
                                    known.isEmpty()
                                        ? "It has none at all."
                                        : "It has: %s.".formatted(String.join(", ", known))))));
  }

  private static TableFacts look(ItemTable table, String name) {
    Lookup<TableFacts> lookup = table.look();
    if (lookup instanceof Lookup.Found<TableFacts> found) {
      return found.value();
    }
    if (lookup instanceof Lookup.Missing) {
      throw new UserException(
          ExitCode.WRONG_INPUT,
          "There is no table '%s'. Correct the name or the region in the schema.".formatted(name));
    }
    throw new UserException(
        ExitCode.NO_ACCESS,
        "The table '%s' cannot be looked at: %s. Check the network, the credentials, and that they allow dynamodb:DescribeTable and dynamodb:Scan."
            .formatted(
                name,
                lookup instanceof Lookup.Forbidden<TableFacts> forbidden
                    ? forbidden.reason()
                    : ((Lookup.Unreachable<TableFacts>) lookup).reason()));
  }

  private int show(TablePair pair, ItemTable source, TableFacts from, KeyRules rules) {
    PrintWriter out = spec.commandLine().getOut();
    ItemTransform transform = ItemTransform.of(pair);
    ItemDiff diff = new ItemDiff(from.keyNames(), Ansi.AUTO.enabled());
    long[] changes = new long[transform.operations().size()];
    int shown = 0;
    int changed = 0;
    int refused = 0;
    Optional<Item> after = Optional.empty();
    do {
      ItemPage page = InFlight.await(source.scan(0, 1, after, wanted - shown));
      for (Item item : page.items()) {
        shown++;
        Transformed transformed = transform.apply(item, number -> changes[number]++);
        out.printf("%s%n", Item.describe(item.key(from.keyNames())));
        Optional<String> problem = problem(transformed, rules);
        if (problem.isPresent()) {
          refused++;
          diff.lines(item, item).forEach(out::println);
          out.println("  cannot go to '%s': %s".formatted(pair.to(), problem.get()));
        } else {
          Item ready = ((Transformed.Ready) transformed).item();
          changed += ready.equals(item) ? 0 : 1;
          diff.lines(item, ready).forEach(out::println);
        }
        out.println();
      }
      after = page.lastKey();
    } while (after.isPresent() && shown < wanted);
    summarize(pair, transform, changes, shown, changed, refused);
    return refused == 0 ? ExitCode.OK : ExitCode.NOT_VERIFIED;
  }

  private static Optional<String> problem(Transformed transformed, KeyRules rules) {
    if (transformed instanceof Transformed.Refused refused) {
      return Optional.of(refused.reason());
    }
    Item item = ((Transformed.Ready) transformed).item();
    long size = ItemSize.of(item);
    return size > ItemSize.LARGEST
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "it would have about %,d bytes, the limit is %,d",
                size,
                ItemSize.LARGEST))
        : rules.broken(item);
  }

  private void summarize(
      TablePair pair,
      ItemTransform transform,
      long[] changes,
      int shown,
      int changed,
      int refused) {
    PrintWriter err = spec.commandLine().getErr();
    if (shown == 0) {
      err.printf("The table '%s' has no items.%n", pair.from());
    } else {
      err.printf(
          Locale.ROOT,
          "%,d %s of '%s': %,d changed, %,d unchanged, %,d that cannot be copied.%n",
          shown,
          shown == 1 ? "item" : "items",
          pair.from(),
          changed,
          shown - changed - refused,
          refused);
    }
    IntStream.range(0, shown == 0 ? 0 : changes.length)
        .filter(number -> changes[number] == 0)
        .forEach(
            number -> {
              Operation operation = transform.operations().get(number);
              err.printf(
                  "None of them is changed by the %s (%s).%n", operation, transform.place(number));
            });
    err.flush();
  }
}
