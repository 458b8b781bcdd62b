package dev.lakebed.auth.form;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of a form: UTF-8 (RFC 7578 section 5.1). */
final class FormText {
  private FormText() {}

  static String decode(byte[] bytes) throws MalformedFormException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedFormException("A form field is not UTF-8.");
    }
  }
}
