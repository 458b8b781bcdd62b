package dev.lakebed.tables;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;
import java.time.InstantSource;

/**
 * What the operations work with.
 *
 * @param region region of the ARNs that answers and policies use, for example {@code us-east-1}
 * @param buckets all buckets; table buckets share their name space
 */
public record TablesServices(
    String region,
    Buckets buckets,
    AccessRules accessRules,
    Namespaces namespaces,
    Tables tables,
    TablePolicies policies,
    PrincipalBinding principals,
    TableFiles files,
    TablePurge purge,
    InstantSource clock) {}
