package dev.lakebed.auth.form;

import dev.lakebed.http.BodyMemory;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The form of a browser upload, read up to its file. The fields are in memory; the file is a stream
 * that can be read once and fails when the form is cut short.
 */
public final class PostForm {
  private static final String FILE = "file";
  private static final String KEY = "key";

  private final Map<String, String> fields;
  private final PartHeader file;
  private final PartReader parts;

  private PostForm(Map<String, String> fields, PartHeader file, PartReader parts) {
    this.fields = fields;
    this.file = file;
    this.parts = parts;
  }

  /**
   * Reads the fields before the file; what follows the file is ignored. In the field {@code key},
   * <code>${filename}</code> is replaced by the name of the file.
   *
   * @throws MalformedFormException when the body is no form, is above the limits, repeats a field
   *     or has no file
   */
  public static PostForm read(Request request, FormLimits limits) throws IOException {
    String boundary = Boundary.of(request.headers().first("content-type").orElse(""));
    PartReader parts = new PartReader(request.body().open(), boundary);
    Map<String, String> fields = new LinkedHashMap<>();
    int left = limits.bytes();
    boolean more = parts.first();
    while (more) {
      PartHeader header = PartHeader.read(parts, left);
      left -= header.length();
      if (header.name().equals(FILE)) {
        expandFileName(fields, header);
        return new PostForm(Map.copyOf(fields), header, parts);
      }
      byte[] value = parts.readNBytes(left + 1);
      if (value.length > left || fields.size() == limits.fields()) {
        throw new MalformedFormException("The fields of the form are too many or too large.");
      }
      left -= value.length;
      request.body().memory().take((long) BodyMemory.WEIGHT * value.length);
      if (fields.put(header.name(), FormText.decode(value)) != null) {
        throw new MalformedFormException("A form field occurs more than once.");
      }
      more = parts.opensPart();
    }
    throw new MalformedFormException("POST requires exactly one file upload per request.");
  }

  private static void expandFileName(Map<String, String> fields, PartHeader file) {
    fields.computeIfPresent(
        KEY, (name, value) -> value.replace("${filename}", file.fileName().orElse("")));
  }

  /** The fields by lower-case name, without the file. */
  public Map<String, String> fields() {
    return fields;
  }

  /** The field of that lower-case name. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** Name of the file without a path, as the client gave it. */
  public Optional<String> fileName() {
    return file.fileName();
  }

  /** Content type of the file part; S3 stores the field {@code Content-Type} instead. */
  public Optional<String> fileContentType() {
    return file.contentType();
  }

  /** The bytes of the file, length unknown. */
  public RequestBody content() {
    return contentBetween(0, Long.MAX_VALUE);
  }

  /** The bytes of the file; reading fails when they are fewer or more than allowed. */
  RequestBody contentBetween(long least, long most) {
    return new FileBody(parts, least, most);
  }
}
