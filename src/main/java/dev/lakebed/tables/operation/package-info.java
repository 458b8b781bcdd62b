/**
 * What all S3 Tables operations share: what a request names, whether it exists or not, and what it
 * asks the policy engine.
 */
@NullMarked
package dev.lakebed.tables.operation;

import org.jspecify.annotations.NullMarked;
