package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.crash.History.Work;
import dev.lakebed.crash.MixedLoad.PowerCut;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Many clients at work on few keys, and the history of each key. */
final class SharedKeys {
  private static final int CLIENTS = 8;

  /** A bucket that stays, and one that is deleted and made again. */
  private static final String BUCKET = "shared";

  private static final String PASSING = "passing";

  /** An entity tag that no object ever has. */
  private static final String FIRST = "\"00000000000000000000000000000000\"";

  private static final List<Key> KEYS =
      List.of(new Key(BUCKET, "a"), new Key(BUCKET, "b"), new Key(PASSING, "c"));

  /** What a client may do. Uploads in parts are left out of the bucket that passes. */
  private static final List<String> WORK =
      List.of(
          "get",
          "get",
          "get",
          "get",
          "head",
          "list",
          "put",
          "put",
          "put",
          "putIfAbsent",
          "putIfMatch",
          "copy",
          "copy",
          "complete",
          "delete",
          "deleteAll",
          "pass");

  private final Map<Key, History> histories = new TreeMap<>();
  private final Map<String, String> contents = new ConcurrentHashMap<>();
  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();

  SharedKeys() {
    KEYS.forEach(key -> histories.put(key, new History()));
    contents.put(FIRST, "nothing has it");
  }

  private record Key(String bucket, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }
  }

  static void prepare(Clients clients) {
    clients.s3().createBucket(r -> r.bucket(BUCKET));
    clients.s3().createBucket(r -> r.bucket(PASSING));
  }

  /** Works until so many requests were answered. */
  void run(Clients clients, long seed, int answers) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> work = new ArrayList<>();
      for (Runnable client : clients(clients, seed)) {
        work.add(
            threads.submit(() -> IntStream.range(0, answers / CLIENTS).forEach(i -> client.run())));
      }
      for (Future<?> each : work) {
        each.get();
      }
    }
  }

  /** Works until so many requests were answered, and goes on while the power is cut. */
  void runUntilPowerFails(Clients clients, long seed, int answers, PowerCut cut) throws Exception {
    MixedLoad.untilPowerFails(clients(clients, seed), answers, cut);
  }

  private List<Runnable> clients(Clients clients, long seed) {
    return IntStream.range(0, CLIENTS)
        .<Runnable>mapToObj(i -> new Client(clients.s3(), new SplittableRandom(seed + i))::next)
        .toList();
  }

  /** Every kind of request was answered, and every key's history can be explained. */
  void verify() {
    assertThat(answered.keySet()).containsAll(new HashSet<>(WORK));
    histories.forEach(
        (key, history) -> assertThat(history.isLinearisable()).as("%s: %s", key, history).isTrue());
  }

  int size() {
    return histories.values().stream().mapToInt(History::size).sum();
  }

  /** One client, which does one thing after the other. */
  private final class Client {
    private final S3Client s3;
    private final SplittableRandom random;

    Client(S3Client s3, SplittableRandom random) {
      this.s3 = s3;
      this.random = random;
    }

    void next() {
      Key key = any(KEYS);
      String work = any(WORK);
      switch (work) {
        case "get" -> get(key);
        case "head" -> head(key);
        case "list" -> list(key.bucket());
        case "put" -> put(key);
        case "putIfAbsent" -> putIfAbsent(key);
        case "putIfMatch" -> putIfMatch(key);
        case "copy" -> copy(KEYS.get((KEYS.indexOf(key) + 1) % KEYS.size()), key);
        case "complete" -> complete(KEYS.get(random.nextInt(2)));
        case "delete" -> delete(key);
        case "deleteAll" -> deleteAll();
        default -> pass();
      }
      answered.computeIfAbsent(work, any -> new AtomicInteger()).incrementAndGet();
    }

    private <T> T any(List<T> some) {
      return some.get(random.nextInt(some.size()));
    }

    private void get(Key key) {
      ask(
          () -> s3.getObjectAsBytes(r -> r.bucket(key.bucket()).key(key.name())).asUtf8String(),
          content -> Map.of(key, Work.saw(content)),
          refused -> missing(refused, key),
          Map.of());
    }

    private void head(Key key) {
      ask(
          () -> s3.headObject(r -> r.bucket(key.bucket()).key(key.name())).eTag(),
          etag -> Map.of(key, Work.saw(content(etag))),
          refused -> missing(refused, key),
          Map.of());
    }

    /** A list tells of every key of the bucket; with a delimiter it may come from memory. */
    private void list(String bucket) {
      String delimiter = any(List.of("", "/"));
      ask(
          () -> s3.listObjectsV2(r -> r.bucket(bucket).delimiter(delimiter)).contents(),
          found -> {
            Map<Key, Work> seen = emptied(bucket);
            for (S3Object object : found) {
              seen.put(new Key(bucket, object.key()), Work.saw(content(object.eTag())));
            }
            return seen;
          },
          refused -> missingBucket(refused, bucket),
          Map.of());
    }

    private void put(Key key) {
      String content = newContent();
      Map<Key, Work> wrote = Map.of(key, Work.wrote(content));
      ask(
          () ->
              s3.putObject(
                  r -> r.bucket(key.bucket()).key(key.name()), RequestBody.fromString(content)),
          done -> wrote,
          refused -> missingBucket(refused, key.bucket()),
          wrote);
    }

    private void putIfAbsent(Key key) {
      String content = newContent();
      Map<Key, Work> wrote = Map.of(key, Work.replaced(History.ABSENT, content));
      ask(
          () ->
              s3.putObject(
                  r -> r.bucket(key.bucket()).key(key.name()).ifNoneMatch("*"),
                  RequestBody.fromString(content)),
          done -> wrote,
          refused -> differs(refused, key, History.ABSENT),
          wrote);
    }

    private void putIfMatch(Key key) {
      String before = recent(key);
      String content = newContent();
      Map<Key, Work> wrote = Map.of(key, Work.replaced(content(before), content));
      ask(
          () ->
              s3.putObject(
                  r -> r.bucket(key.bucket()).key(key.name()).ifMatch(before),
                  RequestBody.fromString(content)),
          done -> wrote,
          refused -> differs(refused, key, content(before)),
          wrote);
    }

    /** Names what it copies, so that a copy without an answer is known too. */
    private void copy(Key from, Key to) {
      String etag = recent(from);
      String content = content(etag);
      ask(
          () ->
              s3.copyObject(
                      r ->
                          r.sourceBucket(from.bucket())
                              .sourceKey(from.name())
                              .copySourceIfMatch(etag)
                              .destinationBucket(to.bucket())
                              .destinationKey(to.name())
                              .metadataDirective(MetadataDirective.REPLACE))
                  .copyObjectResult()
                  .eTag(),
          copied -> {
            assertThat(content(copied)).isEqualTo(content);
            return Map.of(from, Work.saw(content), to, Work.wrote(content));
          },
          refused -> refused.statusCode() == 412 ? differs(refused, from, content) : Map.of(),
          Map.of(to, Work.wrote(content)));
    }

    /** The entity tag that the key has, or had. */
    private String recent(Key key) {
      try {
        return s3.headObject(r -> r.bucket(key.bucket()).key(key.name())).eTag();
      } catch (S3Exception absent) {
        return absent.statusCode() == 404 ? FIRST : failed(absent);
      }
    }

    private static String failed(S3Exception failure) {
      throw failure;
    }

    private void complete(Key key) {
      String content = newContent();
      Map<Key, Work> wrote = Map.of(key, Work.wrote(content));
      String id = s3.createMultipartUpload(r -> r.bucket(key.bucket()).key(key.name())).uploadId();
      String etag =
          s3.uploadPart(
                  r -> r.bucket(key.bucket()).key(key.name()).uploadId(id).partNumber(1),
                  RequestBody.fromString(content))
              .eTag();
      CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();
      ask(
          () ->
              s3.completeMultipartUpload(
                  r ->
                      r.bucket(key.bucket())
                          .key(key.name())
                          .uploadId(id)
                          .multipartUpload(m -> m.parts(part))),
          done -> wrote,
          refused -> Map.of(),
          wrote);
    }

    private void delete(Key key) {
      Map<Key, Work> deleted = Map.of(key, Work.wrote(History.ABSENT));
      ask(
          () -> s3.deleteObject(r -> r.bucket(key.bucket()).key(key.name())),
          done -> deleted,
          refused -> missingBucket(refused, key.bucket()),
          deleted);
    }

    private void deleteAll() {
      List<Key> keys = KEYS.stream().filter(key -> key.bucket().equals(BUCKET)).toList();
      Map<Key, Work> deleted = new TreeMap<>();
      keys.forEach(key -> deleted.put(key, Work.wrote(History.ABSENT)));
      List<ObjectIdentifier> names =
          keys.stream().map(k -> ObjectIdentifier.builder().key(k.name()).build()).toList();
      ask(
          () -> s3.deleteObjects(r -> r.bucket(BUCKET).delete(d -> d.objects(names))),
          done -> deleted,
          refused -> Map.of(),
          deleted);
    }

    /** Deletes the bucket, which must be empty for that, and makes it again. */
    private void pass() {
      ask(
          () -> s3.deleteBucket(r -> r.bucket(PASSING)),
          done -> emptied(PASSING),
          refused -> missingBucket(refused, PASSING),
          Map.of());
      ask(() -> s3.createBucket(r -> r.bucket(PASSING)), done -> Map.of(), r -> Map.of(), Map.of());
    }

    /**
     * Sends a request and notes it.
     *
     * @param answer what the answer tells of keys
     * @param refusal what a refusal tells of them
     * @param attempt what the request does to them if it is not answered and yet happens
     */
    private <T> void ask(
        Supplier<T> request,
        Function<T, Map<Key, Work>> answer,
        Function<S3Exception, Map<Key, Work>> refusal,
        Map<Key, Work> attempt) {
      long asked = System.nanoTime();
      try {
        T answered = request.get();
        note(answer.apply(answered), asked);
      } catch (S3Exception refused) {
        if (refused.statusCode() < 500) {
          note(refusal.apply(refused), asked);
          return;
        }
        leave(attempt, asked);
        // What is told to come again, such as a bucket that is made while it is deleted.
        if (refused.statusCode() != 503) {
          throw refused;
        }
      } catch (SdkException unanswered) {
        leave(attempt, asked);
        throw unanswered;
      }
    }

    private void note(Map<Key, Work> works, long asked) {
      long answered = System.nanoTime();
      works.forEach((key, work) -> histories.get(key).add(work, asked, answered));
    }

    private void leave(Map<Key, Work> works, long asked) {
      works.forEach((key, work) -> histories.get(key).unanswered(work, asked));
    }
  }

  private String newContent() {
    String content = "content " + made.incrementAndGet();
    byte[] md5 = Content.md5(content.getBytes(StandardCharsets.UTF_8));
    contents.put(tag(md5), content);
    contents.put(tag(Content.md5(md5)).replaceFirst("\"$", "-1\""), content);
    return content;
  }

  private static String tag(byte[] digest) {
    return '"' + HexFormat.of().formatHex(digest) + '"';
  }

  private String content(String etag) {
    return contents.get(etag);
  }

  /** The key has no object, or its bucket is not there. */
  private static Map<Key, Work> missing(S3Exception refused, Key key) {
    assertThat(refused.statusCode()).isEqualTo(404);
    return Map.of(key, Work.saw(History.ABSENT));
  }

  private static Map<Key, Work> missingBucket(S3Exception refused, String bucket) {
    return refused.statusCode() == 404 ? emptied(bucket) : Map.of();
  }

  /** The condition does not hold: there is something else, or nothing. */
  private static Map<Key, Work> differs(S3Exception refused, Key key, String wanted) {
    return refused.statusCode() == 412 ? Map.of(key, Work.sawNot(wanted)) : missing(refused, key);
  }

  private static Map<Key, Work> emptied(String bucket) {
    Map<Key, Work> emptied = new TreeMap<>();
    KEYS.stream()
        .filter(key -> key.bucket().equals(bucket))
        .forEach(key -> emptied.put(key, Work.saw(History.ABSENT)));
    return emptied;
  }
}
