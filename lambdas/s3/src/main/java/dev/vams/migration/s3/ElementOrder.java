package dev.vams.migration.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.utils.BinaryUtils;

/**
 * Notes which entries of a listing of versions are delete markers, in the order in which S3 sent
 * them: the SDK keeps two lists. To be added to one request.
 */
final class ElementOrder implements ExecutionInterceptor, SdkPlugin {

  /** A key is encoded, so that these are elements wherever they are found. */
  private static final Pattern ENTRY = Pattern.compile("<(?:Version|(DeleteMarker))>");

  /** An answer with 1,000 entries has half a megabyte. */
  private ByteArrayOutputStream answer = new ByteArrayOutputStream();

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder().addExecutionInterceptor(this).build());
  }

  @Override
  public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    // The request may have been repeated.
    ByteArrayOutputStream latest = new ByteArrayOutputStream();
    answer = latest;
    return context
        .responsePublisher()
        .map(
            publisher ->
                SdkPublisher.adapt(publisher)
                    .map(
                        chunk -> {
                          latest.writeBytes(BinaryUtils.copyBytesFrom(chunk));
                          return chunk;
                        }));
  }

  /** Of each entry of the answer whether it is a delete marker. */
  List<Boolean> areDeleteMarkers() {
    return ENTRY
        .matcher(answer.toString(UTF_8))
        .results()
        .map(entry -> entry.group(1) != null)
        .toList();
  }
}
