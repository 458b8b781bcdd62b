package dev.lakebed.s3.object;

import dev.lakebed.http.Headers;
import dev.lakebed.s3.content.StorageClasses;
import dev.lakebed.s3.content.UserMetadata;
import dev.lakebed.s3.rest.EntityTags;
import dev.lakebed.s3.rest.HeaderText;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.Map;

/** The headers that describe an object on GET and HEAD. */
final class ObjectHeaders {
  private ObjectHeaders() {}

  /** Tag, time and caching: also what 304 carries (RFC 9110 section 15.4.5). */
  static Headers.Builder validators(StoredObject object) {
    return Headers.builder()
        .add("etag", EntityTags.quoted(object.etag()))
        .add("last-modified", HttpDate.header(object.lastModified()))
        .add("accept-ranges", "bytes");
  }

  /**
   * Everything.
   *
   * @param overrides headers that the request wants in place of the stored ones
   */
  static Headers.Builder of(StoredObject object, Map<String, String> overrides) {
    Headers.Builder headers = validators(object);
    overrides.forEach(headers::add);
    object
        .attributes()
        .headers()
        .forEach(
            (name, value) -> {
              boolean shown =
                  !name.equals(StorageClasses.HEADER) || !StorageClasses.isStandard(value);
              if (shown && !overrides.containsKey(name)) {
                headers.add(name, value);
              }
            });
    addMetadata(object.attributes().userMetadata(), headers);
    return headers;
  }

  /** Names that can be no header's were stored by earlier versions; AWS tells their number. */
  private static void addMetadata(Map<String, String> metadata, Headers.Builder headers) {
    int missing = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String name = UserMetadata.PREFIX + entry.getKey();
      if (HeaderText.isName(name)) {
        headers.add(name, UserMetadata.shown(entry.getValue()));
      } else {
        missing++;
      }
    }
    if (missing > 0) {
      headers.add("x-amz-missing-meta", Integer.toString(missing));
    }
  }
}
