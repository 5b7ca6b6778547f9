package dev.vams.migration.infra.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the deployed schemas name, for the workflow's Plan step: it refuses a schema that names more
 * and says how to deploy it. All lists are sorted and have no duplicates.
 *
 * @param deployCommand the command that deployed this
 * @param readBuckets the source buckets
 * @param writeBuckets the target buckets
 * @param deleteBuckets the target buckets from which objects may be deleted
 * @param restoreBuckets the source buckets in which objects may be restored
 * @param readTables the source tables, as {@code <region>/<name>}
 * @param writeTables the target tables, as {@code <region>/<name>}
 * @param syncTables the target tables that may be synced, as {@code <region>/<name>}
 * @param mirrorTables those from which items may be deleted then
 * @param roles the roles that workers assume
 * @param keys the KMS keys of buckets and tables
 */
public record GrantedResources(
    String deployCommand,
    List<String> readBuckets,
    List<String> writeBuckets,
    List<String> deleteBuckets,
    List<String> restoreBuckets,
    List<String> readTables,
    List<String> writeTables,
    List<String> syncTables,
    List<String> mirrorTables,
    List<String> roles,
    List<String> keys) {

  /** What the schemas of one deployment name. */
  public static GrantedResources of(String deployCommand, List<MigrationScope> scopes) {
    return new GrantedResources(
        deployCommand,
        all(scopes, scope -> names(scope.buckets(), Pair::from)),
        all(scopes, scope -> names(scope.buckets(), Pair::to)),
        all(
            scopes.stream().filter(MigrationScope::deletesExtraneous).toList(),
            scope -> names(scope.buckets(), Pair::to)),
        all(
            scopes.stream().filter(MigrationScope::restoresArchived).toList(),
            scope -> names(scope.buckets(), Pair::from)),
        all(
            scopes,
            scope -> names(scope.tables(), pair -> scope.source().region() + "/" + pair.from())),
        all(
            scopes,
            scope -> names(scope.tables(), pair -> scope.target().region() + "/" + pair.to())),
        all(scopes, GrantedResources::synced),
        all(
            scopes.stream().filter(MigrationScope::deletesExtraneous).toList(),
            GrantedResources::synced),
        all(scopes, scope -> sides(scope).filter(StackSide::hasRole).map(StackSide::roleArn)),
        all(scopes, scope -> sides(scope).map(StackSide::keyArns).flatMap(Collection::stream)));
  }

  /** As JSON; equal values give equal bytes. */
  public byte[] json() {
    try {
      return JsonMapper.builder().build().writeValueAsBytes(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Lists of texts are always JSON", impossible);
    }
  }

  private static List<String> all(
      List<MigrationScope> scopes, Function<MigrationScope, Stream<String>> names) {
    return scopes.stream().flatMap(names).distinct().sorted().toList();
  }

  private static Stream<String> names(List<Pair> pairs, Function<Pair, String> name) {
    return pairs.stream().map(name);
  }

  private static Stream<String> synced(MigrationScope scope) {
    return scope.tables().stream()
        .filter(Pair::isSynced)
        .map(pair -> scope.target().region() + "/" + pair.to());
  }

  private static Stream<StackSide> sides(MigrationScope scope) {
    return Stream.of(scope.source(), scope.target());
  }
}
