package dev.lakebed.auth.form;

import dev.lakebed.auth.payload.VerifiedStream;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.RequestBody.BodyMemory;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The form of a browser upload, read up to its file. The fields are in memory; the file is a stream
 * that can be read once and fails when the form is cut short.
 */
public final class PostForm {
  private static final String FILE = "file";
  private static final String KEY = "key";

  private final Map<String, String> fields;
  private final PartHeader file;
  private final MultipartReader parts;

  private PostForm(Map<String, String> fields, PartHeader file, MultipartReader parts) {
    this.fields = fields;
    this.file = file;
    this.parts = parts;
  }

  /**
   * Reads the fields before the file; what follows the file is ignored. In the field {@code key},
   * <code>${filename}</code> is replaced by the name of the file.
   */
  public static PostForm read(Request request, FormLimits limits) throws IOException {
    String boundary = MultipartReader.boundary(request.headers().first("content-type").orElse(""));
    MultipartReader parts = new MultipartReader(request.body().open(), boundary);
    Map<String, String> fields = new LinkedHashMap<>();
    int left = limits.bytes();
    boolean more = parts.first();
    while (more) {
      PartHeader header = PartHeader.read(parts, left);
      left -= header.length();
      if (header.name().equals(FILE)) {
        fields.computeIfPresent(
            KEY, (name, value) -> value.replace("${filename}", header.fileName().orElse("")));

        return new PostForm(Map.copyOf(fields), header, parts);
      }
      byte[] value = parts.readNBytes(left + 1);
      if (value.length > left || fields.size() == limits.fields()) {
        throw new MalformedFormException("The fields of the form are too many or too large.");
      }
      left -= value.length;
      request.body().memory().take((long) BodyMemory.WEIGHT * value.length);
      if (fields.put(header.name(), MultipartReader.text(value)) != null) {
        throw new MalformedFormException("A form field occurs more than once.");
      }
      more = parts.opensPart();
    }
    throw new MalformedFormException("POST requires exactly one file upload per request.");
  }

  /** By lower-case name, without the file. */
  public Map<String, String> fields() {
    return fields;
  }

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

  /** The same; reading fails when they are fewer or more than allowed. */
  RequestBody contentBetween(long least, long most) {
    return new FileBody(parts, least, most);
  }

  private record FileBody(InputStream part, long least, long most) implements RequestBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public InputStream open() {
      return new SizedStream();
    }

    private final class SizedStream extends VerifiedStream {
      private long passed;

      @Override
      protected int next(byte[] target, int offset, int length) throws IOException {
        int count = part.read(target, offset, length);
        passed += Math.max(count, 0);
        if (count < 0 && passed < least) {
          throw new FileSizeException(FileSizeException.Reason.TOO_SMALL);
        }
        if (passed > most) {
          throw new FileSizeException(FileSizeException.Reason.TOO_LARGE);
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        part.close();
      }
    }
  }

  /** What of a form is kept in memory: bytes of names, values and headers before the file. */
  public record FormLimits(int bytes, int fields) {
    /** 64 KiB in at most 256 fields; Amazon S3 takes 20 KB, but its session tokens are shorter. */
    public static final FormLimits DEFAULT = new FormLimits(64 * 1024, 256);

    public FormLimits {
      if (bytes < 1 || fields < 1) {
        throw new IllegalArgumentException("the limits of a form must be positive");
      }
    }
  }

  /** A file outside the policy's {@code content-length-range}. */
  public static final class FileSizeException extends IOException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
      /** S3's {@code EntityTooLarge}. */
      TOO_LARGE,
      /** S3's {@code EntityTooSmall}. */
      TOO_SMALL
    }

    private final Reason reason;

    FileSizeException(Reason reason) {
      super(
          switch (reason) {
            case TOO_LARGE -> "Your proposed upload exceeds the maximum allowed size";
            case TOO_SMALL -> "Your proposed upload is smaller than the minimum allowed size";
          });
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /** A form body that cannot be read: S3's {@code MalformedPOSTRequest}. */
  public static final class MalformedFormException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the form, without repeating its values. */
    public MalformedFormException(String message) {
      super(message);
    }
  }
}
