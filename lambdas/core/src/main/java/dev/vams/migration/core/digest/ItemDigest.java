package dev.vams.migration.core.digest;

import dev.vams.migration.core.store.Item;
import dev.vams.migration.core.store.KeyOrder;
import dev.vams.migration.core.store.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The digest of one item: SHA-256 over a canonical encoding, so that equal content gives equal
 * digests whatever the order of attributes and set members or the way a number is written.
 *
 * <p>docs/content-digest.md defines the encoding, with examples, for others to compute it again.
 *
 * <p>Not safe for use by several threads: it keeps its buffers.
 */
public final class ItemDigest {

  /** One large item should not keep its memory for as long as this lives: 64 KiB. */
  private static final int MOST_KEPT_BYTES = 64 << 10;

  private final MessageDigest sha256;
  private Encoding encoding = new Encoding();

  /** Creates one with empty buffers. */
  public ItemDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The item's digest, 32 bytes. */
  public byte[] of(Item item) {
    encoding.length = 0;
    encoding.map(item.attributes());
    sha256.update(encoding.bytes, 0, encoding.length);
    if (encoding.bytes.length > MOST_KEPT_BYTES) {
      encoding = new Encoding();
    }
    return sha256.digest();
  }

  /** The digest of a line of text, 32 bytes. */
  public byte[] of(String text) {
    return sha256.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Encoding {
    private byte[] bytes = new byte[1024];
    private int length;

    void value(Value value) {
      if (value instanceof Value.Text text) {
        text(text.text());
      } else if (value instanceof Value.Numeric number) {
        numeric(number.text());
      } else if (value instanceof Value.Binary binary) {
        sized('B', binary.bytes());
      } else if (value instanceof Value.Flag flag) {
        tag(flag.value() ? 'T' : 'F');
      } else if (value instanceof Value.Null) {
        tag('0');
      } else if (value instanceof Value.MapOf map) {
        map(map.entries());
      } else if (value instanceof Value.ListOf list) {
        counted('L', list.elements().size());
        list.elements().forEach(this::value);
      } else if (value instanceof Value.TextSet set) {
        members('s', set.texts(), this::text);
      } else if (value instanceof Value.NumericSet set) {
        members('n', set.texts(), this::numeric);
      } else if (value instanceof Value.BinarySet set) {
        members('b', set.binaries(), binary -> sized('B', binary.bytes()));
      } else {
        throw new IllegalArgumentException("a value without a type");
      }
    }

    void map(Map<String, Value> entries) {
      counted('M', entries.size());
      String[] names = entries.keySet().toArray(String[]::new);
      Arrays.sort(names, KeyOrder.UTF_8);
      for (String name : names) {
        sized(name.getBytes(StandardCharsets.UTF_8));
        value(entries.get(name));
      }
    }

    /** Encodes each member at the end of the buffer, and then puts them there in their order. */
    private <T> void members(char tag, Collection<T> members, Consumer<T> encode) {
      counted(tag, members.size());
      int start = length;
      byte[][] encodings = new byte[members.size()][];
      int number = 0;
      for (T member : members) {
        encode.accept(member);
        encodings[number++] = Arrays.copyOfRange(bytes, start, length);
        length = start;
      }
      Arrays.sort(encodings, Arrays::compareUnsigned);
      for (byte[] encoding : encodings) {
        append(encoding);
      }
    }

    private void text(String text) {
      sized('S', text.getBytes(StandardCharsets.UTF_8));
    }

    private void numeric(String number) {
      tag('N');
      if (isShortInteger(number)) {
        shortInteger(number);
      } else {
        sized(canonical(number).getBytes(StandardCharsets.US_ASCII));
      }
    }

    /** Whether it is a positive integer, written in digits only as most are, below 10^10. */
    private static boolean isShortInteger(String number) {
      if (number.isEmpty() || number.length() > 10 || number.charAt(0) == '0') {
        return false;
      }
      for (int i = 0; i < number.length(); i++) {
        if (number.charAt(i) < '0' || number.charAt(i) > '9') {
          return false;
        }
      }
      return true;
    }

    /** The same as {@link #canonical}, with its length, and without an object. */
    private void shortInteger(String digits) {
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      number(end + 2);
      for (int i = 0; i < end; i++) {
        tag(digits.charAt(i));
      }
      tag('E');
      tag((char) ('0' + digits.length() - end));
    }

    private static String canonical(String number) {
      BigDecimal value = new BigDecimal(number).stripTrailingZeros();
      return value.signum() == 0 ? "0" : value.unscaledValue() + "E" + -value.scale();
    }

    private void sized(char tag, byte[] content) {
      tag(tag);
      sized(content);
    }

    private void sized(byte[] content) {
      number(content.length);
      append(content);
    }

    private void counted(char tag, int count) {
      tag(tag);
      number(count);
    }

    private void tag(char tag) {
      reserve(1);
      bytes[length++] = (byte) tag;
    }

    private void number(int number) {
      reserve(4);
      for (int shift = 24; shift >= 0; shift -= 8) {
        bytes[length++] = (byte) (number >>> shift);
      }
    }

    private void append(byte[] content) {
      reserve(content.length);
      System.arraycopy(content, 0, bytes, length, content.length);
      length += content.length;
    }

    private void reserve(int more) {
      if (length + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      }
    }
  }
}
