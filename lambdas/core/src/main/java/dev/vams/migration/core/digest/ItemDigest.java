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
import java.util.List;
import java.util.Map;

/**
 * The digest of one item: SHA-256 over a canonical encoding, so that equal content gives equal
 * digests whatever the order of attributes and set members or the way a number is written.
 *
 * <p>docs/content-digest.md defines the encoding, with examples, for others to compute it again.
 *
 * <p>Not safe for use by several threads: it keeps its buffers.
 */
public final class ItemDigest {
  private final MessageDigest sha256;

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
    Encoding encoding = new Encoding();
    encoding.map(item.attributes());
    sha256.update(encoding.bytes, 0, encoding.length);
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
        sized('S', text.text().getBytes(StandardCharsets.UTF_8));
      } else if (value instanceof Value.Numeric number) {
        sized('N', canonical(number.text()));
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
        members('s', set.texts().stream().map(Value.Text::new).toList());
      } else if (value instanceof Value.NumericSet set) {
        members('n', set.texts().stream().map(Value.Numeric::new).toList());
      } else if (value instanceof Value.BinarySet set) {
        members('b', set.binaries());
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

    private void members(char tag, Collection<? extends Value> members) {
      counted(tag, members.size());
      List<byte[]> encodings =
          members.stream()
              .map(
                  member -> {
                    Encoding encoding = new Encoding();
                    encoding.value(member);
                    return Arrays.copyOf(encoding.bytes, encoding.length);
                  })
              .sorted(Arrays::compareUnsigned)
              .toList();
      encodings.forEach(this::append);
    }

    private static byte[] canonical(String number) {
      BigDecimal value = new BigDecimal(number).stripTrailingZeros();
      String text = value.signum() == 0 ? "0" : value.unscaledValue() + "E" + -value.scale();
      return text.getBytes(StandardCharsets.US_ASCII);
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
