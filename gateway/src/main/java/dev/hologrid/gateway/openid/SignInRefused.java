package dev.hologrid.gateway.openid;

/** Somebody is not let in by way of the provider. */
public final class SignInRefused extends Exception {
  private static final long serialVersionUID = 1L;
  private final Reason reason;

  /** Why, as a name that does not change. */
  public enum Reason {
    /** No login was begun in this browser, or it was finished or given up. */
    NOT_BEGUN(400, "no login was begun in this browser, or it took too long", "登录未在此浏览器中开始,或已超时"),
    /** The answer belongs to another login. */
    WRONG_STATE(400, "the answer belongs to another login", "应答与本次登录不符"),
    /** The answer comes from another provider (RFC 9207). */
    WRONG_ISSUER(400, "the answer comes from another provider", "应答来自其他身份提供方"),
    /** The provider did not let them in there. */
    PROVIDER_REFUSED(403, "the provider did not sign you in", "身份提供方未完成登录"),
    /** The provider does not take the code. */
    CODE_REFUSED(
        403, "the provider does not take the code: it was used or is too old", "授权码已使用或已失效"),
    /** What the provider says of the person cannot be believed. */
    TOKEN_INVALID(403, "the provider's answer cannot be verified", "无法验证身份提供方的应答"),
    /** None of their roles is a role here. */
    NO_ROLE(
        403, "your account has no role here; ask an administrator for one", "您的账号在本系统没有角色,请联系管理员"),
    /** They have no area here. */
    NO_AREA(
        403, "your account has no area here; ask an administrator for one", "您的账号没有对应的网格区域,请联系管理员"),
    /** An administrator of this server has shut them out. */
    BARRED(403, "an administrator has barred this account here", "管理员已在本系统停用此账号"),
    /** The provider cannot be reached. */
    UNREACHABLE(
        503, "the provider cannot be reached now; try again in a minute", "身份提供方暂时无法访问,请稍后再试");

    private final int status;
    private final String words;
    private final String chinese;

    Reason(int status, String words, String chinese) {
      this.status = status;
      this.words = words;
      this.chinese = chinese;
    }

    /** The status of an answer over HTTP. */
    public int status() {
      return status;
    }

    public String words() {
      return words;
    }

    public String chinese() {
      return chinese;
    }
  }

  /**
   * Refuses.
   *
   * @param detail for the audit and the operator, with no secret in it
   */
  public SignInRefused(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** For the audit. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
