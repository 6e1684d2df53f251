package io.rapport.customer.attribute;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A definition as the API answers it. */
@Schema(
        name = "AttributeDefinition",
        description = "An attribute that customers can have.",
        requiredProperties = {"name", "createdAt", "updatedAt"},
        examples =
                """
                {"name": "interests", "label": "Interests", "type": "SEVERAL_OF",
                 "allowedValues": ["chess", "music", "sailing"], "personalData": true,
                 "purposeOfUse": "Invitations to events that fit.", "mergeRule": "FILL", "unique": false,
                 "searchable": true, "active": true, "createdAt": "2026-11-20T09:14:05.250Z",
                 "updatedAt": "2026-11-20T09:14:05.250Z"}""")
public record AttributeDefinitionView(
        String name, @JsonUnwrapped AttributeTerms terms, Instant createdAt, Instant updatedAt) {

    static AttributeDefinitionView of(AttributeDefinition definition) {
        return new AttributeDefinitionView(
                definition.name(),
                definition.terms(),
                definition.createdAt(),
                definition.updatedAt());
    }
}
