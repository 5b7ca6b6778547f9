package dev.vams.migration.core.json;

import static dev.vams.migration.core.json.SchemaProperty.EXTERNAL_ID;
import static dev.vams.migration.core.json.SchemaProperty.ROLE_ARN_FROM;
import static dev.vams.migration.core.json.SchemaProperty.ROLE_ARN_TO;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how the stacks are reached: roles of other accounts, and keys. */
final class AccessReader {

  /**
   * Names as IAM has them, see <a
   * href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html">CreateRole</a>,
   * and in paths the characters of names only.
   */
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws(-[a-z]+)*:iam::\\d{12}:role/([\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}");

  /**
   * See <a
   * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>.
   */
  private static final Pattern WELL_FORMED_EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  /**
   * A policy takes the ARN of a key, and neither its id nor an alias: <a
   * href="https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html">Specifying
   * KMS keys in IAM policy statements</a>.
   */
  private static final Pattern KEY_ARN =
      Pattern.compile("arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):\\d{12}:key/[A-Za-z0-9-]+");

  private static final Pattern KEY_ALIAS = Pattern.compile("(arn:.*:)?alias/.*");

  private final JsonObject document;
  private final Problems problems;

  AccessReader(JsonObject document, Problems problems) {
    this.document = document;
    this.problems = problems;
  }

  Optional<String> roleArn(String property, String stack) {
    String meaning =
        "the ARN of the role that reaches stack "
            + stack
            + ", such as \"arn:aws:iam::111122223333:role/vams-migration\"";
    Optional<String> arn = document.optionalText(property, meaning);
    arn.filter(text -> !ROLE_ARN.matcher(text).matches())
        .ifPresent(
            text ->
                problems.add(
                    document.pathOf(property),
                    Quoted.text(text) + " is no ARN of an IAM role",
                    "Write " + meaning + "."));
    return arn;
  }

  /** There with a role and only with a role. */
  Optional<String> externalId() {
    String meaning =
        "the external id that the role's trust policy asks for: 2 to 1,224 letters, digits and"
            + " characters of +=,.@:/-_";
    boolean isRoleGiven = document.has(ROLE_ARN_FROM) || document.has(ROLE_ARN_TO);
    Optional<String> id =
        isRoleGiven
            ? document.text(EXTERNAL_ID, meaning)
            : document.optionalText(EXTERNAL_ID, meaning);
    if (id.isPresent() && !WELL_FORMED_EXTERNAL_ID.matcher(id.get()).matches()) {
      problems.add(
          document.pathOf(EXTERNAL_ID),
          Quoted.text(id.get()) + " is no external id",
          "Write " + meaning + ".");
    }
    if (id.isPresent() && !isRoleGiven) {
      problems.add(
          document.pathOf(EXTERNAL_ID),
          "there is no role to be assumed with it",
          "Add \"%s\" or \"%s\", or remove it.".formatted(ROLE_ARN_FROM, ROLE_ARN_TO));
    }
    return id;
  }

  /**
   * The keys of one stack.
   *
   * @param region where the stack is; empty when that is a problem itself
   */
  List<String> kmsKeyArns(String property, String stack, Optional<String> region) {
    String meaning =
        "the ARN of a key that encrypts buckets or tables of stack "
            + stack
            + ", such as \"arn:aws:kms:%s:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\""
                .formatted(region.orElse("us-east-1"));
    List<String> arns = new ArrayList<>();
    document.optionalTexts(
        property,
        meaning,
        (place, text) -> {
          arns.add(text);
          Matcher arn = KEY_ARN.matcher(text);
          if (KEY_ALIAS.matcher(text).matches()) {
            problems.add(
                place,
                Quoted.text(text) + " is an alias, and no permission can be given for one",
                "Write " + meaning + ".");
          } else if (!arn.matches()) {
            problems.add(
                place, Quoted.text(text) + " is no ARN of a KMS key", "Write " + meaning + ".");
          } else if (region.isPresent() && !region.get().equals(arn.group(1))) {
            problems.add(
                place,
                "the key is in %s, but stack %s is in %s"
                    .formatted(arn.group(1), stack, region.get()),
                "Write the key of that region: buckets and tables are encrypted with keys of their own region.");
          }
        });
    return arns;
  }
}
