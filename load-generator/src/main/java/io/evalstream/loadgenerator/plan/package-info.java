/** What is going to be sent, and when: decided before the first request, the same for a seed. */
package io.evalstream.loadgenerator.plan;
