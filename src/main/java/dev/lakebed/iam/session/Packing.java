package dev.lakebed.iam.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Deflate, with a dictionary of what the texts usually say. */
final class Packing {
  static final Packing TEXTS = new Packing(new byte[0]);

  private static final int MAX_PLAIN = 64 * 1024;

  /** The dictionary is part of the token format: another one needs another format number. */
  static final Packing SESSIONS =
      new Packing(
          """
          "kms:Decrypt","kms:GenerateDataKey"arn:aws:iam::000000000000:policy/\
          "NotAction":"NotResource":"Effect":"Deny","StringEquals":{"aws:PrincipalTag/\
          "s3:GetBucketLocation","s3:ListBucketMultipartUploads","s3:DeleteObjectVersion",\
          "s3:PutObjectTagging","s3:GetObjectTagging",{"Sid":"KmsAccess"\
          {"Version":"2012-10-17","Statement":[{"Sid":"TableAccess","Effect":"Allow",\
          "Action":["s3:GetObject","s3:GetObjectVersion","s3:PutObject","s3:DeleteObject",\
          "s3:AbortMultipartUpload","s3:ListMultipartUploadParts"],"Resource":["arn:aws:s3:::/*"]},\
          {"Sid":"ListBucketForFolder","Effect":"Allow","Action":["s3:ListBucket"],\
          "Resource":"arn:aws:s3:::","Condition":{"StringLike":{"s3:prefix":["/*"]}}},\
          {"Sid":"GetBucketLocation","Effect":"Allow","Action":["s3:GetBucketLocation"],\
          "Resource":"arn:aws:s3:::"}]}arn:aws:iam::000000000000:role/AROAAIDAAKIAlakekeeper-sts\
          """
              .getBytes(StandardCharsets.US_ASCII));

  private final byte[] dictionary;

  /** To make one costs more than to pack a policy, and it takes a quarter of a megabyte. */
  private final Queue<Deflater> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private Packing(byte[] dictionary) {
    this.dictionary = dictionary;
  }

  byte[] pack(byte[] plain) {
    Deflater deflater =
        Optional.ofNullable(idle.poll()).orElseGet(() -> new Deflater(Deflater.BEST_SPEED, true));
    try {
      deflater.setDictionary(dictionary);
      deflater.setInput(plain);
      deflater.finish();
      byte[] buffer = new byte[plain.length + 64];
      int length = deflater.deflate(buffer);
      if (!deflater.finished()) {
        throw new IllegalStateException("deflate grew its input beyond any bound");
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      deflater.reset();
      if (!idle.offer(deflater)) {
        deflater.end();
      }
    }
  }

  byte[] unpack(byte[] packed) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setDictionary(dictionary);
      inflater.setInput(packed);
      ByteArrayOutputStream plain = new ByteArrayOutputStream(packed.length * 4);
      byte[] buffer = new byte[2048];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 || plain.size() + count > MAX_PLAIN) {
          throw new IOException("not packed so");
        }
        plain.write(buffer, 0, count);
      }
      return plain.toByteArray();
    } catch (DataFormatException malformed) {
      throw new IOException(malformed);
    } finally {
      inflater.end();
    }
  }
}
