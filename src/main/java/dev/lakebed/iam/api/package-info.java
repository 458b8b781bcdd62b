/** AWS IAM as a Query service. */
@NullMarked
package dev.lakebed.iam.api;

import org.jspecify.annotations.NullMarked;
