package dev.vams.migration.workflow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * What a rehearsal takes for S3 and DynamoDB: a server on this machine that has one object and one
 * item to be copied, and takes whatever it is given.
 */
final class RehearsalServer implements AutoCloseable {
  private static final String LISTING =
      """
      <ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>%s\
      </ListBucketResult>""";
  private static final String OBJECT =
      """
      <Contents><Key>object</Key><LastModified>2026-01-01T00:00:00Z</LastModified>\
      <ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><Size>1</Size>\
      <StorageClass>STANDARD</StorageClass></Contents>""";
  private static final String COPIED =
      """
      <CopyObjectResult><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag>\
      <LastModified>2026-01-01T00:00:00Z</LastModified></CopyObjectResult>""";
  private static final String NO_SUCH_KEY =
      "<Error><Code>NoSuchKey</Code><Message>The rehearsal has no such file.</Message></Error>";
  private static final String ITEMS =
      """
      {"Items":[{"id":{"S":"item"},"number":{"N":"1"},"tags":{"L":[{"BOOL":true}]}}],\
      "Count":1,"ScannedCount":1}""";
  private static final String ALL_PROCESSED = "{\"UnprocessedItems\":{}}";

  private final ServerSocket socket;
  private final String plan;

  private RehearsalServer(ServerSocket socket, String plan) {
    this.socket = socket;
    this.plan = plan;
  }

  /**
   * Starts one.
   *
   * @param plan the run's plan, as in the work bucket
   */
  static RehearsalServer start(byte[] plan) throws IOException {
    RehearsalServer server =
        new RehearsalServer(
            new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), new String(plan, UTF_8));
    inBackground(server::accept);
    return server;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        inBackground(() -> serve(connection));
      }
    } catch (IOException e) {
      // The rehearsal is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        if (head.contains("expect: 100-continue")) {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        }
        in.skipNBytes(contentLength(head));
        String body = answer(head);
        out.write(
            "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(
                    body.equals(NO_SUCH_KEY) ? "404 Not Found" : "200 OK",
                    body.getBytes(UTF_8).length,
                    body)
                .getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private String answer(String head) {
    if (head.startsWith("post")) {
      return head.contains("dynamodb_20120810.scan") ? ITEMS : ALL_PROCESSED;
    }
    if (head.startsWith("put")) {
      return head.contains("x-amz-copy-source:") ? COPIED : "";
    }
    if (head.contains("list-type=2")) {
      return LISTING.formatted(head.startsWith("get /" + Rehearsal.SOURCE) ? OBJECT : "");
    }
    return head.contains("/plan.json") ? plan : NO_SUCH_KEY;
  }

  private static long contentLength(String head) {
    String name = "\ncontent-length:";
    int start = head.indexOf(name);
    return start < 0
        ? 0
        : Long.parseLong(head.substring(start + name.length(), head.indexOf('\r', start)).strip());
  }

  /** The request line and the headers in lower case; empty when there is no further request. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lineLength = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      if (next == '\n') {
        if (lineLength == 0) {
          return head.toString(ISO_8859_1).toLowerCase(Locale.ROOT);
        }
        lineLength = 0;
      } else if (next != '\r') {
        lineLength++;
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
