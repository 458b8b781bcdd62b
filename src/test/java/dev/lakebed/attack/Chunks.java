package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Frames of a body in aws-chunked form, signed one after the other. */
final class Chunks {
  private final Signing signing;
  private final List<byte[]> frames = new ArrayList<>();
  private String previous;

  /** Begins after the signature of a signed request. */
  Chunks(Signing signing, Message signed) {
    this.signing = signing;
    String authorization = signed.first("Authorization");
    this.previous = authorization.substring(authorization.indexOf("Signature=") + 10);
  }

  Chunks add(String text) {
    byte[] data = text.getBytes(UTF_8);
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256-PAYLOAD",
            signing.amzDate(),
            signing.scope(),
            previous,
            Hash.EMPTY,
            Hash.sha256(data));
    previous = Hash.hexHmac(signing.key(), toSign);
    String frame =
        Integer.toHexString(data.length) + ";chunk-signature=" + previous + "\r\n" + text + "\r\n";
    frames.add(frame.getBytes(ISO_8859_1));
    return this;
  }

  List<byte[]> frames() {
    return frames;
  }

  /** Length of the frames of these texts on the wire. */
  static int length(String... texts) {
    int length = 0;
    for (String text : texts) {
      length += Integer.toHexString(text.length()).length() + 17 + 64 + 2 + text.length() + 2;
    }
    return length;
  }

  static byte[] join(List<byte[]> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frames.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
