package dev.lakebed.iam.api;

import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.store.UseLog;
import dev.lakebed.storage.metadata.iam.IamStore;
import java.time.InstantSource;

/**
 * What the actions work on.
 *
 * @param directory identities of the configuration
 * @param store identities of the database
 * @param uses when keys were used
 */
public record Services(IamDirectory directory, IamStore store, UseLog uses, InstantSource clock) {}
