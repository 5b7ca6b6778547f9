package dev.vams.migration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What SNS is asked for when people are told of a run. */
class PublisherTest {
  private static final String ANSWER =
      """
      <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
        <PublishResult><MessageId>1</MessageId></PublishResult>
      </PublishResponse>
      """;

  /** By these the SDK finds the service, as it finds it by Lambda's environment. */
  private static final String ENDPOINT = "aws.endpointUrlSns";

  private static final String KEY = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";

  @AfterEach
  void clearProperties() {
    System.clearProperty(ENDPOINT);
    System.clearProperty(KEY);
    System.clearProperty(SECRET);
  }

  @Test
  void publishesToTheTopicOfTheEnvironment() throws IOException {
    try (FakeService sns = new FakeService(request -> new FakeService.Response(200, ANSWER))) {
      System.setProperty(ENDPOINT, sns.endpoint().toString());
      System.setProperty(KEY, "any");
      System.setProperty(SECRET, "any");

      WorkflowWiring.publisher(
              Map.of(
                  "AWS_REGION", "eu-west-1",
                  "NOTIFICATION_TOPIC_ARN", "arn:aws:sns:eu-west-1:111122223333:runs"))
          .publish("done", "all");

      assertThat(sns.requests())
          .singleElement()
          .satisfies(
              request ->
                  assertThat(request.body())
                      .contains("Action=Publish", "Subject=done", "Message=all", "111122223333"));
    }
  }
}
