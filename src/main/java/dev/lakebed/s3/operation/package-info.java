/**
 * What all S3 operations share: what selects one, what it looks up, and what it asks the policy
 * engine.
 */
@NullMarked
package dev.lakebed.s3.operation;

import org.jspecify.annotations.NullMarked;
