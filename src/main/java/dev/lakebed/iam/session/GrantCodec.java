package dev.lakebed.iam.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The plain text of a token: the session's parts one after the other, texts in modified UTF-8. */
final class GrantCodec {
  private GrantCodec() {}

  static byte[] encode(SessionGrant grant) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(grant.source().code());
      out.writeUTF(grant.subjectArn());
      out.writeUTF(grant.subjectId());
      out.writeUTF(grant.baseKey());
      out.writeUTF(grant.sessionName());
      out.writeLong(grant.issuedAt().getEpochSecond());
      out.writeLong(grant.expiresAt().getEpochSecond());
      out.writeBoolean(grant.narrowed());
      out.writeUTF(grant.sourceIdentity().orElse(""));
      texts(out, grant.chain());
      writeAttachments(out, grant);
    } catch (IOException cannotHappenInMemory) {
      throw new IllegalStateException(cannotHappenInMemory);
    }
    return bytes.toByteArray();
  }

  /** The part whose packed size is limited: policies and tags. */
  static byte[] attachments(SessionGrant grant) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeAttachments(out, grant);
    } catch (IOException cannotHappenInMemory) {
      throw new IllegalStateException(cannotHappenInMemory);
    }
    return bytes.toByteArray();
  }

  private static void writeAttachments(DataOutputStream out, SessionGrant grant)
      throws IOException {
    texts(out, grant.policies());
    texts(out, grant.policyArns());
    texts(out, List.copyOf(grant.transitiveTags()));
    out.writeShort(grant.tags().size());
    for (Map.Entry<String, String> tag : grant.tags().entrySet()) {
      out.writeUTF(tag.getKey());
      out.writeUTF(tag.getValue());
    }
  }

  /**
   * Reads what {@link #encode} wrote; the bytes were authenticated before.
   *
   * @throws IOException when they are of another version of the format
   */
  static SessionGrant decode(byte[] plain) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      SessionSource source = SessionSource.ofCode(in.readUnsignedByte());
      String subjectArn = in.readUTF();
      String subjectId = in.readUTF();
      String baseKey = in.readUTF();
      String sessionName = in.readUTF();
      Instant issuedAt = Instant.ofEpochSecond(in.readLong());
      Instant expiresAt = Instant.ofEpochSecond(in.readLong());
      boolean narrowed = in.readBoolean();
      String sourceIdentity = in.readUTF();
      List<String> chain = texts(in);
      List<String> policies = texts(in);
      List<String> policyArns = texts(in);
      Set<String> transitiveTags = Set.copyOf(texts(in));
      return new SessionGrant(
          source,
          subjectArn,
          subjectId,
          baseKey,
          sessionName,
          issuedAt,
          expiresAt,
          narrowed,
          policies,
          policyArns,
          tags(in),
          transitiveTags,
          Optional.of(sourceIdentity).filter(text -> !text.isEmpty()),
          chain);
    }
  }

  private static void texts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeShort(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static List<String> texts(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static Map<String, String> tags(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      tags.put(in.readUTF(), in.readUTF());
    }
    return tags;
  }
}
