package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial.AccessDeniedException;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.VersionIds;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlReader.XmlElement;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DeleteObjects: up to 1000 keys, each authorised and reported for itself. */
public record DeleteObjects(BucketLookup lookup, Objects objects)
    implements Operation.Binding<S3Request> {
  /**
   * Refusals that say which rule refused, as many as the log has lines for one request. A thousand
   * of them would make an answer many times as long as the request.
   */
  private static final int EXPLAINED = 16;

  private static final String REFUSED_TOO = "Access Denied, like keys before in this answer";

  private static final int MAX_BODY = 8 * 1024 * 1024;

  @Override
  public Call bind(String name, S3Request request) {
    Bucket bucket = lookup.require(request);
    S3Access access = new S3Access(bucket, request);
    return Call.perItem(
        name,
        List.of(
            access.onObject("s3:DeleteObject", "*", Keys.NONE),
            access.onObject("s3:DeleteObjectVersion", "*", Keys.NONE)),
        caller -> delete(request, bucket, caller));
  }

  private Response delete(S3Request request, Bucket bucket, Caller caller) throws IOException {
    DeleteList list = DeleteList.parse(SmallBody.readProtected(request, MAX_BODY));
    List<Optional<RuntimeException>> outcomes = new ArrayList<>(list.items().size());
    List<Objects.Deletion> deletions = new ArrayList<>(list.items().size());
    List<Integer> positions = new ArrayList<>(list.items().size());
    S3Exception refusedToo = S3Error.ACCESS_DENIED.exception(REFUSED_TOO);
    int refusals = 0;
    for (DeleteList.Item item : list.items()) {
      try {
        if (namesCurrent(item, request, bucket, caller)) {
          deletions.add(new Objects.Deletion(item.key(), item.condition()));
          positions.add(outcomes.size());
        }
        outcomes.add(Optional.empty());
      } catch (S3Exception wrong) {
        outcomes.add(Optional.of(wrong));
      } catch (AccessDeniedException denied) {
        outcomes.add(Optional.of(++refusals > EXPLAINED ? refusedToo : denied));
      }
    }
    if (!deletions.isEmpty()) {
      List<Optional<RuntimeException>> deleted = objects.delete(bucket.id(), deletions);
      refuseIfNoneWasDecided(deleted);
      for (int i = 0; i < positions.size(); i++) {
        outcomes.set(positions.get(i), deleted.get(i));
      }
    }
    outcomes.forEach(DeleteObjects::requireExplicable);
    return XmlWriter.answer("DeleteResult", xml -> write(xml, list, outcomes));
  }

  /** Then the client had better send the whole request again. */
  private static void refuseIfNoneWasDecided(List<Optional<RuntimeException>> deleted) {
    boolean none =
        deleted.stream()
            .allMatch(outcome -> outcome.orElse(null) instanceof MetadataUnavailableException);
    if (none) {
      throw deleted.getFirst().orElseThrow();
    }
  }

  private static boolean namesCurrent(
      DeleteList.Item item, S3Request request, Bucket bucket, Caller caller) {
    DeleteObject.toDelete(
            request, bucket, item.key(), item.versionId(), item.condition() != WriteCondition.NONE)
        .forEach(caller::require);
    return item.namesCurrent();
  }

  /** What nobody foresaw fails the request, before anything of the answer is sent. */
  private static void requireExplicable(Optional<RuntimeException> outcome) {
    outcome.ifPresent(refused -> explain(XmlWriter.plain("Error"), refused));
  }

  private static void write(
      XmlWriter xml, DeleteList list, List<Optional<RuntimeException>> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      DeleteList.Item item = list.items().get(i);
      Optional<RuntimeException> refused = outcomes.get(i);
      if (refused.isPresent() || !list.quiet()) {
        String outcome = refused.isPresent() ? "Error" : "Deleted";
        xml.open(outcome).element("Key", item.key());
        item.versionId().ifPresent(id -> xml.element("VersionId", id));
        refused.ifPresent(error -> explain(xml, error));
        xml.close(outcome);
      }
    }
  }

  private static void explain(XmlWriter xml, RuntimeException refused) {
    switch (refused) {
      case S3Exception known ->
          xml.element("Code", known.error().code()).element("Message", known.getMessage());
      case AccessDeniedException denied ->
          xml.element("Code", S3Error.ACCESS_DENIED.code())
              .element("Message", String.valueOf(denied.getMessage()))
              .element("DecisionId", denied.decisionId());
      case MetadataUnavailableException down ->
          xml.element("Code", S3Error.INTERNAL_ERROR.code())
              .element("Message", S3Error.INTERNAL_ERROR.exception().getMessage());
      default -> throw refused;
    }
  }

  /** The body of DeleteObjects. {@code items} are 1 to 1000. */
  private record DeleteList(boolean quiet, List<Item> items) {
    private static final int MAX_ITEMS = 1000;

    /**
     * One key. {@code directoryCondition} says whether it carries a condition that only directory
     * buckets have.
     */
    record Item(
        String key, Optional<String> versionId, Optional<String> etag, boolean directoryCondition) {

      WriteCondition condition() {
        return etag.map(WriteConditions::presentWith).orElse(WriteCondition.NONE);
      }

      /**
       * Whether there can be anything to delete, or fails with S3Exception when the item cannot be
       * served.
       */
      boolean namesCurrent() {
        S3Request.requireStorableKey(key);
        if (directoryCondition) {
          throw S3Error.NOT_IMPLEMENTED.exception();
        }
        if (versionId.isPresent() && !VersionIds.isPossible(versionId.get())) {
          throw S3Error.NO_SUCH_VERSION.exception();
        }
        return VersionIds.namesCurrent(versionId);
      }
    }

    /** Reads the body, or fails with MalformedXML. */
    static DeleteList parse(byte[] body) {
      XmlElement root = XmlReader.read(body, "Delete").only("Object", "Quiet");
      List<XmlElement> objects = root.children("Object");
      if (objects.isEmpty() || objects.size() > MAX_ITEMS) {
        throw S3Error.MALFORMED_XML.exception();
      }
      boolean quiet =
          root.childText("Quiet")
              .map(
                  text ->
                      switch (text.strip()) {
                        case "true" -> true;
                        case "false", "" -> false;
                        default -> throw S3Error.MALFORMED_XML.exception();
                      })
              .orElse(false);
      return new DeleteList(quiet, objects.stream().map(DeleteList::item).toList());
    }

    private static Item item(XmlElement object) {
      object.only("Key", "VersionId", "ETag", "LastModifiedTime", "Size");
      String key = object.requiredText("Key");
      if (key.isEmpty()) {
        throw S3Error.MALFORMED_XML.exception();
      }
      return new Item(
          key,
          object.childText("VersionId").filter(id -> !id.isEmpty()),
          object.childText("ETag").filter(etag -> !etag.isEmpty()),
          object.child("LastModifiedTime").isPresent() || object.child("Size").isPresent());
    }
  }

  /** DeleteObject; a key that does not exist counts as deleted. */
  public record DeleteObject(BucketLookup lookup, Objects objects)
      implements Operation.Binding<S3Request> {
    @Override
    public Call bind(String name, S3Request request) {
      ObjectTarget target = ObjectTarget.of(lookup, request);
      WriteCondition condition = WriteConditions.ofDelete(request);
      return Call.needing(
          name,
          toDelete(
              request,
              target.bucket(),
              request.key(),
              request.query("versionId"),
              condition != WriteCondition.NONE),
          caller -> {
            UnsupportedHeaders.refuse(
                request, "x-amz-if-match-last-modified-time", "x-amz-if-match-size");
            return delete(target, condition);
          });
    }

    private Response delete(ObjectTarget target, WriteCondition condition) {
      if (target.current()) {
        objects
            .delete(target.bucket().id(), List.of(new Objects.Deletion(target.key(), condition)))
            .getFirst()
            .ifPresent(
                refused -> {
                  throw refused;
                });
      }
      return Response.of(204);
    }

    static List<Permission> toDelete(
        S3Request request,
        Bucket bucket,
        String key,
        Optional<String> version,
        boolean conditional) {
      S3Access access = new S3Access(bucket, request);
      List<Permission> permissions = new ArrayList<>(1);
      permissions.add(
          access.onObject(
              version.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
              key,
              S3Access.versionKey(version)));
      if (conditional) {
        permissions.add(access.onObject("s3:GetObject", key, Keys.NONE));
      }
      if (request
          .header("x-amz-bypass-governance-retention")
          .filter(value -> value.equalsIgnoreCase("true"))
          .isPresent()) {
        permissions.add(access.onObject("s3:BypassGovernanceRetention", key, Keys.NONE));
      }
      return permissions;
    }
  }
}
