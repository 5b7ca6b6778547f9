package dev.vams.migration.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.utils.BinaryUtils;

/**
 * Makes answers readable that repeat a key with characters that XML does not have. S3 encodes keys
 * in listings when it is asked to; in answers about uploads, and in errors, it writes what no
 * parser takes (<a href="https://github.com/boto/botocore/issues/3496">an issue of another
 * SDK</a>). Such characters become question marks here: nobody needs a key that he has sent
 * himself. To be added to each client that is given to the stores of this package.
 */
public final class ReadableAnswers implements ExecutionInterceptor {

  /** A reference to a character, or a character that has no place in XML 1.0. */
  private static final Pattern SUSPECT =
      Pattern.compile(
          "&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));"
              + "|[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

  private static final int HEXADECIMAL = 16;
  private static final int DECIMAL = 10;

  @Override
  public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    return repeatsKey(context.request()) || !context.httpResponse().isSuccessful()
        ? context.responsePublisher().map(ReadableAnswers::readable)
        : context.responsePublisher();
  }

  private static boolean repeatsKey(SdkRequest request) {
    return request instanceof CreateMultipartUploadRequest
        || request instanceof ListPartsRequest
        || request instanceof CompleteMultipartUploadRequest;
  }

  /** The whole answer at once: those of 1,000 parts have a few hundred KiB, all others less. */
  private static Publisher<ByteBuffer> readable(Publisher<ByteBuffer> answer) {
    return subscriber -> {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      CompletionStage<Void> end =
          SdkPublisher.adapt(answer)
              .subscribe(chunk -> whole.writeBytes(BinaryUtils.copyBytesFrom(chunk)));
      end.whenComplete(
          (none, error) -> {
            if (error == null) {
              AsyncRequestBody.fromBytes(readable(whole.toByteArray())).subscribe(subscriber);
            } else {
              fail(subscriber, error);
            }
          });
    };
  }

  private static void fail(Subscriber<? super ByteBuffer> subscriber, Throwable error) {
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(error);
  }

  private static byte[] readable(byte[] answer) {
    return SUSPECT
        .matcher(new String(answer, UTF_8))
        .replaceAll(found -> Matcher.quoteReplacement(isLegal(found) ? found.group() : "?"))
        .getBytes(UTF_8);
  }

  private static boolean isLegal(MatchResult found) {
    if (found.group(1) != null) {
      return isLegal(Integer.parseInt(found.group(1), HEXADECIMAL));
    }
    return found.group(2) != null && isLegal(Integer.parseInt(found.group(2), DECIMAL));
  }

  /**
   * See <a href="https://www.w3.org/TR/xml/#charsets">Extensible Markup Language 1.0,
   * characters</a>.
   */
  private static boolean isLegal(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || (character >= ' ' && character < Character.MIN_SURROGATE)
        || (character > Character.MAX_SURROGATE && character < 0xFFFE)
        || (character >= Character.MIN_SUPPLEMENTARY_CODE_POINT
            && character <= Character.MAX_CODE_POINT);
  }
}
