package dev.lakebed.storage.metadata;

/**
 * The settings of S3's Block Public Access for one bucket (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html">AWS,
 * PublicAccessBlockConfiguration</a>). Buckets here have no ACLs, so the first two refuse nothing
 * that is not refused anyway.
 *
 * @param blockPublicAcls public ACLs are refused
 * @param ignorePublicAcls public ACLs grant nothing
 * @param blockPublicPolicy public bucket policies are refused
 * @param restrictPublicBuckets a public bucket policy grants nothing outside the owner's account
 */
public record PublicAccessBlock(
    boolean blockPublicAcls,
    boolean ignorePublicAcls,
    boolean blockPublicPolicy,
    boolean restrictPublicBuckets) {

  static PublicAccessBlock ofBits(int bits) {
    return new PublicAccessBlock(
        (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
  }

  short bits() {
    return (short)
        ((blockPublicAcls ? 1 : 0)
            | (ignorePublicAcls ? 2 : 0)
            | (blockPublicPolicy ? 4 : 0)
            | (restrictPublicBuckets ? 8 : 0));
  }
}
