/** What an S3 operation must offer, what selects it, and what it asks the policy engine. */
@NullMarked
package dev.lakebed.s3.operation;

import org.jspecify.annotations.NullMarked;
