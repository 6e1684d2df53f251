package io.rapport.customer.merge;

import io.rapport.customer.profile.Contents;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.MergeRule;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who is to be merged into a customer, and whose values the survivor shows. */
@Schema(requiredProperties = "members", examples = MergeRequest.EXAMPLE)
public record MergeRequest(
        @Schema(
                        type = SchemaType.ARRAY,
                        implementation = MergeRequest.Member.class,
                        minItems = 1,
                        maxItems = MergeRequest.MOST,
                        description = "In this order they add their values.")
                @NotNull
                @Size(min = 1, max = MergeRequest.MOST)
                List<@NotNull @Valid Member> members,
        @Schema(
                        description =
                                "How it is known that several logins are one person's; only a manager can state it.",
                        maxLength = 500,
                        nullable = true)
                @PlainText(max = 500)
                @Nullable String proof) {

    static final int MOST = 50;
    static final String EXAMPLE =
            """
            {"members": [{"customer": "shop:17850", "rules": {"/displayName": "MEMBER", "/tags": "SURVIVOR"}},
                         {"customer": "019aa5c3-11d2-7a90-8c41-5b7e2f90ac02"}]}""";

    /** One who is to be merged. */
    @Schema(
            name = "MergeMember",
            requiredProperties = "customer",
            examples = "{\"customer\": \"shop:17850\", \"rules\": {\"/displayName\": \"MEMBER\"}}")
    public record Member(
            @Schema(implementation = String.class, description = CustomerAnswers.REFERENCE) @NotNull
                    CustomerReference customer,
            @Schema(
                            description =
                                    "By pointer, as in /displayName or /attributes/shoeSize: FILL (the default) shows"
                                            + " the survivor's, the member's where it has none, and lists of both;"
                                            + " SURVIVOR shows the survivor's only; MEMBER the member's, if it has one, and contact"
                                            + " points and relations of both."
                                            + " A custom attribute that is not named has the rule of its definition."
                                            + " Identities and preferences are always those of all.",
                            nullable = true)
                    @Nullable Map<String, MergeRule> rules) {

        public Member {
            rules = Objects.requireNonNullElse(rules, Map.of());
        }
    }

    /** Refuses rules for what has none. */
    void requireKnownPaths() {
        for (int i = 0; i < members.size(); i++) {
            for (Map.Entry<String, MergeRule> rule : rules(i).entrySet()) {
                if (!Contents.hasMergeRule(rule.getKey()) || rule.getValue() == null) {
                    throw Refusal.invalid(
                            "unknown-merge-rule",
                            "A rule is for a member of the profile, as in /displayName or /attributes/shoeSize, and is"
                                    + " FILL, SURVIVOR or MEMBER.",
                            new FieldError(
                                    "/members/" + i + "/rules",
                                    "must hold rules for members of the profile and its custom attributes only"));
                }
            }
        }
    }

    Map<String, MergeRule> rules(int member) {
        return Objects.requireNonNullElse(members.get(member).rules(), Map.of());
    }
}
