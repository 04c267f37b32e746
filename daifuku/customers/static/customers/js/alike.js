// The fields that tell who may be the same; whoever asks while something is typed looks at these.
export const WATCHED = [
  "name", "kana", "company", "company_kana", "family_name", "given_name", "family_kana", "given_kana", "phone", "mobile", "direct_phone", "fax", "email",
  "other_email", "website", "corporate_number", "invoice_number", "representative", "postal_code", "prefecture", "city", "street", "building", "birthday", "account",
]
