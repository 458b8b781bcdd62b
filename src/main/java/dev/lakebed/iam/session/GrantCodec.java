package dev.lakebed.iam.session;

import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.session.SessionGrant.FederatedGrant;
import dev.lakebed.iam.session.SessionGrant.OwnerGrant;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.iam.session.SessionGrant.SessionPolicies;
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
  private static final int ROLE = 'R';
  private static final int OWNER = 'U';
  private static final int FEDERATED = 'F';

  private GrantCodec() {}

  static byte[] head(SessionGrant grant) {
    return bytes(
        256,
        out -> {
          SessionFacts facts = grant.facts();
          out.writeByte(kind(grant));
          out.writeUTF(grant.subjectArn());
          out.writeUTF(grant.subjectId());
          out.writeUTF(grant.baseKey());
          out.writeUTF(facts.name());
          out.writeLong(facts.issuedAt().getEpochSecond());
          out.writeLong(facts.expiresAt().getEpochSecond());
          out.writeBoolean(grant.policies().isPresent());
          out.writeUTF(facts.sourceIdentity().orElse(""));
          texts(out, grant.links());
        });
  }

  /** Policies and tags, not packed yet; at the end the identity, which older tokens lack. */
  static byte[] attachments(SessionGrant grant) {
    SessionPolicies policies = grant.policies().orElse(SessionPolicies.NONE);
    return bytes(
        256 + policies.documents().stream().mapToInt(String::length).sum(),
        out -> {
          texts(out, policies.documents());
          texts(out, policies.arns());
          SessionFacts facts = grant.facts();
          texts(out, facts.transitiveTags());
          map(out, facts.tags());
          if (!facts.identity().isEmpty()) {
            map(out, facts.identity());
          }
        });
  }

  private static int kind(SessionGrant grant) {
    return switch (grant) {
      case RoleGrant role -> ROLE;
      case OwnerGrant owner -> OWNER;
      case FederatedGrant federated -> FEDERATED;
    };
  }

  @FunctionalInterface
  private interface Writer {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(int size, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.writeTo(out);
    } catch (IOException cannotHappenInMemory) {
      throw new IllegalStateException(cannotHappenInMemory);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads {@link #head} and, after it, packed {@link #attachments}, which were authenticated
   * before; IOException when they are of another version of the format.
   */
  static SessionGrant decode(byte[] plain) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      int kind = in.readUnsignedByte();
      String arn = in.readUTF();
      String id = in.readUTF();
      List<String> chain = new ArrayList<>(List.of(in.readUTF()));
      String name = in.readUTF();
      Instant issuedAt = Instant.ofEpochSecond(in.readLong());
      Instant expiresAt = Instant.ofEpochSecond(in.readLong());
      boolean narrowed = in.readBoolean();
      Optional<String> sourceIdentity = Optional.of(in.readUTF()).filter(text -> !text.isEmpty());
      chain.addAll(texts(in));
      DataInputStream attached =
          new DataInputStream(new ByteArrayInputStream(Packing.SESSIONS.unpack(in.readAllBytes())));
      SessionPolicies policies = new SessionPolicies(texts(attached), texts(attached));
      Set<String> transitive = Set.copyOf(texts(attached));
      Map<String, String> tags = map(attached);
      Map<String, String> identity = attached.available() > 0 ? map(attached) : Map.of();
      SessionFacts facts =
          new SessionFacts(
              name, issuedAt, expiresAt, tags, transitive, sourceIdentity, chain, identity);
      Optional<SessionPolicies> narrowing = narrowed ? Optional.of(policies) : Optional.empty();
      return switch (kind) {
        case ROLE -> new RoleGrant(arn, id, facts, narrowing);
        case OWNER -> new OwnerGrant(arn, id, facts, narrowing);
        case FEDERATED -> new FederatedGrant(arn, id, facts, policies);
        default -> throw new IOException("no such source of sessions: " + kind);
      };
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
