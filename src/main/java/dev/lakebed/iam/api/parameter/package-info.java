/** The parameters of the IAM API with their limits, and the pages that lists are answered in. */
@NullMarked
package dev.lakebed.iam.api.parameter;

import org.jspecify.annotations.NullMarked;
