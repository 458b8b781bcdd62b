/**
 * The AWS Query protocol, shared by STS and IAM: parameters from form body and query string, lists,
 * XML answers and errors.
 */
@NullMarked
package dev.lakebed.operation.query;

import org.jspecify.annotations.NullMarked;
