/**
 * Between Jakarta EE and the front: the servlet filter that holds a request, the container request
 * filter that asks the front to admit it, and the JAX-RS resources that ask it to run it. No
 * decision is made here.
 */
@NullMarked
package dev.lakebed.front.servlet;

import org.jspecify.annotations.NullMarked;
