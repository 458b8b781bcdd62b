package dev.lakebed.kit;

import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.object.Upload;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import dev.lakebed.storage.metadata.object.Uploads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Uploads in memory, with the contract of the real store. */
public final class MemoryUploads implements Uploads {
  private final Objects objects;
  private final BlobStore blobs;
  private final Map<String, Upload> uploads = new HashMap<>();
  private final Map<String, TreeMap<Integer, StoredPart>> parts = new HashMap<>();

  MemoryUploads(Objects objects, BlobStore blobs) {
    this.objects = objects;
    this.blobs = blobs;
  }

  @Override
  public synchronized void create(Upload upload) {
    uploads.put(upload.id(), upload);
    parts.put(upload.id(), new TreeMap<>());
  }

  @Override
  public synchronized Optional<Upload> find(long bucket, String key, String uploadId) {
    return Optional.ofNullable(uploads.get(uploadId))
        .filter(upload -> upload.bucket() == bucket && upload.key().equals(key));
  }

  @Override
  public synchronized boolean putPart(Upload upload, StoredPart part) {
    if (isOver(upload)) {
      return false;
    }
    StoredPart old = parts.get(upload.id()).put(part.number(), part);
    if (old != null) {
      blobs.release(old.ref());
    }
    return true;
  }

  @Override
  public synchronized List<StoredPart> parts(String uploadId, int afterNumber, int limit) {
    return parts.get(uploadId).tailMap(afterNumber, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<StoredObject> complete(
      Upload upload, Function<List<StoredPart>, StoredObject> assembly, WriteCondition condition) {
    if (isOver(upload)) {
      return Optional.ofNullable(uploads.get(upload.id())).flatMap(Upload::completed);
    }
    StoredObject object = assembly.apply(List.copyOf(parts.get(upload.id()).values()));
    objects.put(object, condition);
    parts.get(upload.id()).values().stream()
        .filter(part -> object.chunks().stream().noneMatch(chunk -> chunk.ref().equals(part.ref())))
        .forEach(part -> blobs.release(part.ref()));
    uploads.put(
        upload.id(),
        new Upload(
            upload.id(),
            upload.bucket(),
            upload.key(),
            upload.initiatedAt(),
            upload.initiatorArn(),
            upload.attributes(),
            upload.checksumAlgorithm(),
            upload.fullObjectChecksum(),
            Optional.of(object)));
    return Optional.of(object);
  }

  @Override
  public synchronized boolean abort(Upload upload) {
    if (isOver(upload)) {
      return false;
    }
    uploads.remove(upload.id());
    parts.remove(upload.id()).values().forEach(part -> blobs.release(part.ref()));
    return true;
  }

  @Override
  public synchronized UploadPage list(ListQuery query) {
    String delimiter = query.delimiter();
    Optional<String> afterId = query.afterId();
    Comparator<Upload> order =
        Comparator.comparing(Upload::key, MemoryMetadata.BYTES)
            .thenComparing(Upload::initiatedAt)
            .thenComparing(Upload::id);
    List<Upload> page = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    boolean seen = afterId.isEmpty();
    for (Upload upload : uploads.values().stream().sorted(order).toList()) {
      int behind = MemoryMetadata.BYTES.compare(upload.key(), query.afterKey());
      boolean ofMarker = behind == 0 && afterId.isPresent();
      if (ofMarker && !seen) {
        seen = upload.id().equals(afterId.get());
        continue;
      }
      if (upload.bucket() != query.bucket()
          || upload.completed().isPresent()
          || !upload.key().startsWith(query.prefix())
          || (behind <= 0 && !ofMarker)) {
        continue;
      }
      int at = delimiter.isEmpty() ? -1 : upload.key().indexOf(delimiter, query.prefix().length());
      String group = at < 0 ? "" : upload.key().substring(0, at + delimiter.length());
      if (at >= 0 && prefixes.contains(group)) {
        continue;
      }
      if (page.size() + prefixes.size() == query.limit()) {
        return new UploadPage(page, prefixes, true);
      }
      if (at < 0) {
        page.add(upload);
      } else {
        prefixes.add(group);
      }
    }
    return new UploadPage(page, prefixes, false);
  }

  private boolean isOver(Upload upload) {
    Upload current = uploads.get(upload.id());
    return current == null || current.completed().isPresent();
  }
}
