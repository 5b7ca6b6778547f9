package dev.vams.migration.checks.scenario;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vams.migration.core.journal.Tally;
import dev.vams.migration.core.report.PairReport.Kind;
import dev.vams.migration.core.report.Report;
import dev.vams.migration.core.report.Verdict;
import dev.vams.migration.local.sample.SampleMigration;
import dev.vams.migration.local.sample.SampleSchema;
import dev.vams.migration.local.sample.SampleStack;
import dev.vams.migration.local.sample.VamsBucket;
import dev.vams.migration.local.sample.VamsTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * A stack in the shape of VAMS, migrated once; each test looks at another side of the result. All
 * engines are held to it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SampleMigrationScenario {

  /** Every seventh object meets all odd names and kinds of attributes, at a seventh of the time. */
  private static final int SAMPLED = 7;

  private final MigrationEngine engine;
  private final Services services;
  private final FilledStack source;
  private final SampleStack target;
  private final ObjectNode schema;
  private Report report;

  SampleMigrationScenario(MigrationEngine engine) throws InterruptedException {
    this.engine = engine;
    services = engine.services();
    source = engine.source();
    target = engine.target();
    schema = SampleSchema.of(source.stack(), target, SampleMigration.REGION);
  }

  @BeforeAll
  void migrate() {
    report = engine.run(schema);
  }

  @Test
  void isVerified() {
    assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(report.problems()).isEmpty();
    assertThat(report.failures()).isEmpty();
    assertThat(report.unfinished()).isEmpty();
  }

  @Test
  void countsWhatWasSeeded() {
    long left =
        Stream.of(VamsTable.values())
            .filter(table -> !table.isCarried())
            .mapToLong(table -> Contents.items(services, source.stack().tableName(table)).size())
            .sum();
    Tally objects = report.total(Kind.BUCKET);

    assertThat(objects.copied()).isEqualTo(source.data().objects());
    assertThat(report.total(Kind.TABLE))
        .isEqualTo(Tally.ofCopiedItems(source.data().items() - left));
    assertThat(report.pairs())
        .allSatisfy(
            pair -> {
              assertThat(pair.comparison().source()).isEqualTo(pair.comparison().target());
              assertThat(pair.comparison().source().count()).isEqualTo(pair.tally().copied());
            });
  }

  @Test
  void everyObjectIsThereOnceWithItsContent() {
    for (VamsBucket bucket : VamsBucket.values()) {
      String to = target.bucketName(bucket);

      assertThat(Contents.objects(services, to))
          .isNotEmpty()
          .isEqualTo(Contents.objects(services, source.stack().bucketName(bucket)));
      assertThat(Contents.versions(services, to).values())
          .allMatch(versions -> versions.size() == 1);
    }
  }

  @Test
  void objectsKeepMetadataHeadersAndTags() {
    for (VamsBucket bucket : VamsBucket.values()) {
      String from = source.stack().bucketName(bucket);
      String to = target.bucketName(bucket);
      List<String> keys = List.copyOf(Contents.objects(services, from).keySet());
      for (int i = 0; i < keys.size(); i += SAMPLED) {
        String key = keys.get(i);
        HeadObjectResponse before = head(from, key);
        HeadObjectResponse after = head(to, key);

        assertThat(after.metadata()).as(key).isEqualTo(before.metadata());
        assertThat(headers(after)).as(key).isEqualTo(headers(before));
        assertThat(tags(to, key)).as(key).isEqualTo(tags(from, key));
      }
    }
  }

  @Test
  void itemsAreEqualAfterTheRename() {
    for (VamsTable table : VamsTable.values()) {
      if (table.isCarried()) {
        Set<Map<String, AttributeValue>> expected =
            Contents.items(services, source.stack().tableName(table)).stream()
                .map(item -> renamed(table, item))
                .collect(toSet());

        assertThat(Contents.items(services, target.tableName(table)))
            .as(table.name())
            .isNotEmpty()
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void tableThatIsNotInTheSchemaStaysEmpty() {
    assertThat(Contents.items(services, target.tableName(VamsTable.APP_FEATURES_ENABLED)))
        .isEmpty();
  }

  @Test
  void runsAgainWithMergeAndCopiesNothing() {
    ObjectNode again = schema.deepCopy();
    again.putObject("options").put("ifTargetNotEmpty", "MERGE");
    Map<String, List<Contents.Version>> before = assets();

    Report second = engine.run(again);

    assertThat(second.verdict()).isEqualTo(Verdict.VERIFIED);
    assertThat(second.total(Kind.BUCKET)).isEqualTo(new Tally(0, source.data().objects(), 0, 0, 0));
    assertThat(second.total(Kind.TABLE).copied()).isZero();
    assertThat(second.total(Kind.TABLE).entries()).isEqualTo(report.total(Kind.TABLE).copied());
    assertThat(assets()).isEqualTo(before);
  }

  private Map<String, List<Contents.Version>> assets() {
    return Contents.versions(services, target.bucketName(VamsBucket.ASSETS));
  }

  private static Map<String, AttributeValue> renamed(
      VamsTable table, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> renamed = new HashMap<>(item);
    if (table == VamsTable.COMMENTS) {
      renamed.put("commentOwnerName", renamed.remove("commentOwnerUsername"));
    }
    return renamed;
  }

  private HeadObjectResponse head(String bucket, String key) {
    return services.s3().headObject(request -> request.bucket(bucket).key(key)).join();
  }

  private static List<String> headers(HeadObjectResponse head) {
    return Stream.of(
            head.contentType(),
            head.cacheControl(),
            head.contentDisposition(),
            head.contentEncoding(),
            head.contentLanguage(),
            head.storageClassAsString())
        .map(String::valueOf)
        .toList();
  }

  private Set<Tag> tags(String bucket, String key) {
    return new HashSet<>(
        services.s3().getObjectTagging(request -> request.bucket(bucket).key(key)).join().tagSet());
  }
}
