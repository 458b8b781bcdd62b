package dev.lakebed.iam.session;

import dev.lakebed.iam.session.SessionGrant.SessionSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plain text of a token: first who and when, then, packed, what policies and tags the session
 * carries. Texts are in modified UTF-8.
 */
final class GrantCodec {
  private GrantCodec() {}

  /** Who and when. */
  static byte[] head(SessionGrant grant) {
    return bytes(
        out -> {
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
        });
  }

  /** Policies and tags, not packed yet; at the end the identity, which older tokens lack. */
  static byte[] attachments(SessionGrant grant) {
    return bytes(
        out -> {
          texts(out, grant.policies());
          texts(out, grant.policyArns());
          texts(out, grant.transitiveTags());
          map(out, grant.tags());
          if (!grant.identity().isEmpty()) {
            map(out, grant.identity());
          }
        });
  }

  @FunctionalInterface
  private interface Writer {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.writeTo(out);
    } catch (IOException cannotHappenInMemory) {
      throw new IllegalStateException(cannotHappenInMemory);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads {@link #head} and, after it, packed {@link #attachments}; the bytes were authenticated
   * before.
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
      DataInputStream attached =
          new DataInputStream(new ByteArrayInputStream(Packing.unpack(in.readAllBytes())));
      List<String> policies = texts(attached);
      List<String> policyArns = texts(attached);
      Set<String> transitiveTags = Set.copyOf(texts(attached));
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
          map(attached),
          transitiveTags,
          Optional.of(sourceIdentity).filter(text -> !text.isEmpty()),
          chain,
          attached.available() > 0 ? map(attached) : Map.of());
    }
  }

  private static void texts(DataOutputStream out, Collection<String> texts) throws IOException {
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

  private static void map(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeShort(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static Map<String, String> map(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      map.put(in.readUTF(), in.readUTF());
    }
    return map;
  }
}
