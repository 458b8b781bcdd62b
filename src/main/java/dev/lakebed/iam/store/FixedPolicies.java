package dev.lakebed.iam.store;

import dev.lakebed.iam.model.ManagedPolicy;
import java.util.Optional;

/** Managed policies that are not in the database: of the configuration and of AWS. */
@FunctionalInterface
public interface FixedPolicies {
  /** A policy by ARN. */
  Optional<ManagedPolicy> find(String arn);
}
