package io.github.ppgtest.management;

/**
 * Thrown when the resource is not there, or not there for this token (404).
 *
 * @since 0.1.0
 */
public final class ResourceNotFoundException extends ManagementApiException {
  private static final long serialVersionUID = 1L;

  private final String resourceId;

  /**
   * Creates the exception.
   *
   * @param call the facts
   * @param resourceId the id that was asked for; may be empty where the call named none
   * @param prefix what such ids begin with, for example {@code db_}; may be empty
   */
  public ResourceNotFoundException(FailedRequest call, String resourceId, String prefix) {
    super(call, advice(resourceId, prefix), null);
    this.resourceId = resourceId;
  }

  /**
   * Returns the id that was asked for.
   *
   * @return the id; empty where the call named none
   */
  public String resourceId() {
    return resourceId;
  }

  private static String advice(String id, String prefix) {
    if (id.isEmpty()) {
      return "Check that the API's base URL is right.";
    }
    if (!id.startsWith(prefix)) {
      return "Does the id carry its prefix? \"" + id + "\" does not begin with \"" + prefix + "\".";
    }
    return "It may be deleted already, or belong to another workspace than the service token's.";
  }
}
