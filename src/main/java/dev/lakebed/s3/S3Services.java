package dev.lakebed.s3;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Buckets;
import dev.lakebed.storage.metadata.Objects;
import dev.lakebed.storage.metadata.Uploads;
import java.time.InstantSource;
import java.util.function.Predicate;

/**
 * What the S3 operations work on.
 *
 * @param principals whom bucket policies may name
 * @param rootUsers whether an account has a root user, whom no bucket policy locks out
 * @param clock gives the time objects are stored at
 */
public record S3Services(
    Buckets buckets,
    AccessRules accessRules,
    PrincipalBinding principals,
    Objects objects,
    Uploads uploads,
    BlobStore blobs,
    Predicate<String> rootUsers,
    InstantSource clock) {}
