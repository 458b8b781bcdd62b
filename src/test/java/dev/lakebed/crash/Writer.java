package dev.lakebed.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** One client of the mixed load, with objects and a table that nobody else writes. */
final class Writer {
  private static final int SMALL_OBJECTS = 24;
  private static final int SMALL = 32 * 1024;
  private static final int LARGE = 3 * 1024 * 1024;

  private final SplittableRandom random;
  private final List<ObjectState> small;
  private final ObjectState large;
  private final ObjectState multipart;
  private final Optional<TablePointer> table;

  Writer(int number, String bucket, Optional<TablePointer> table) {
    this.random = new SplittableRandom(number);
    this.table = table;
    this.small =
        IntStream.range(0, SMALL_OBJECTS)
            .mapToObj(i -> new ObjectState(bucket, "w" + number + "/small/" + i))
            .toList();
    this.large = new ObjectState(bucket, "w" + number + "/large");
    this.multipart = new ObjectState(bucket, "w" + number + "/multipart");
  }

  Optional<TablePointer> table() {
    return table;
  }

  /** The objects in the bucket of the load. */
  Stream<ObjectState> objects() {
    return Stream.concat(small.stream(), Stream.of(large, multipart));
  }

  /** Makes one write; when it fails, it stays noted as unanswered. */
  void write(Clients clients) {
    ObjectState object = any();
    boolean exists = object.acknowledged().isPresent();
    int dice = random.nextInt(100);
    if (dice < 8 && table.isPresent()) {
      table.get().update(clients.tables());
    } else if (dice < 12) {
      ObjectWrites.put(clients.s3(), large, content(LARGE / 2, LARGE), r -> {});
    } else if (dice < 18) {
      writeMultipart(clients.s3());
    } else if (dice < 27) {
      ObjectWrites.putIfAbsent(clients.s3(), object, content(0, SMALL));
    } else if (dice < 37 && exists) {
      ObjectWrites.putIfMatch(clients.s3(), object, content(0, SMALL), random.nextBoolean());
    } else if (dice < 47 && exists) {
      List<ObjectState> two = several();
      ObjectWrites.copy(clients.s3(), object, two.get(two.getFirst() == object ? 1 : 0));
    } else if (dice < 50 && large.acknowledged().isPresent()) {
      ObjectWrites.copy(clients.s3(), large, object);
    } else if (dice < 60) {
      ObjectWrites.delete(clients.s3(), object);
    } else if (dice < 65) {
      ObjectWrites.deleteAll(clients.s3(), several());
    } else {
      ObjectWrites.put(clients.s3(), object, content(0, SMALL), r -> {});
    }
  }

  /** Uploads, ended in every way, over each other and over whole objects. */
  private void writeMultipart(S3Client s3) {
    Content parts = content(ObjectWrites.PART + 1, ObjectWrites.PART + 2 * SMALL);
    switch (random.nextInt(6)) {
      case 0 -> ObjectWrites.abort(s3, multipart, parts);
      case 1 -> ObjectWrites.put(s3, multipart, content(0, SMALL), r -> {});
      case 2 -> ObjectWrites.delete(s3, multipart);
      case 3, 4 -> ObjectWrites.multipart(s3, multipart, parts, true);
      default -> ObjectWrites.multipart(s3, multipart, parts, false);
    }
  }

  private List<ObjectState> several() {
    List<ObjectState> left = new ArrayList<>(small);
    return IntStream.range(0, 3).mapToObj(i -> left.remove(random.nextInt(left.size()))).toList();
  }

  private ObjectState any() {
    return small.get(random.nextInt(small.size()));
  }

  private Content content(int least, int most) {
    return new Content(random.nextLong(), random.nextInt(least, most));
  }
}
