"""The headings under which files of other systems and ledgers kept in Excel bring each field; the import reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from daifuku.records.catalogue.field import Field

REACH = {
    "phone": "電話番号、電話、TEL、tel、代表電話、代表番号、電話番号1、会社電話、勤務先電話、phone",
    "direct_phone": "担当者電話、直通、直通電話、担当者の電話番号、担当者TEL",
    "mobile": "携帯電話、携帯、携帯番号、携帯TEL、mobile",
    "fax": "FAX、ファックス、ファクス、FAX番号、代表FAX",
}
ADDRESS = {
    "postal_code": "郵便番号、〒、郵便、zip、postal code",
    "prefecture": "都道府県、県、都道府県名",
    "city": "市区町村、市町村、市区郡、市区町村名",
    "street": "町域・番地、町域、番地、町名、丁目番地、番地・建物、町名番地、住所2、大字町丁目",
    "building": "建物、建物名、ビル名、ビル、マンション名、住所3、建物名・部屋番号",
}
KEEPING = {
    "owner": "営業担当、担当営業、弊社担当、当社担当、自社担当、担当社員、営業担当者、営業担当名、owner",
    "team": "チーム、担当部署、担当課、担当チーム",
    "privacy": "公開範囲",
}
ACCOUNT = (
    REACH
    | ADDRESS
    | KEEPING
    | {
        "name": (
            "会社名、得意先名、取引先名、社名、企業名、お客様名、顧客名、法人名、事業所名、会社、取引先、"
            "得意先、名称、団体名、屋号、company、company name、account name"
        ),
        "kana": (
            "カナ、フリガナ、会社名カナ、会社名フリガナ、得意先名カナ、得意先カナ、取引先名カナ、取引先カナ、"
            "社名カナ、企業名カナ、事業所名カナ、ヨミガナ、読み、名称カナ、顧客名カナ"
        ),
        "code": (
            "得意先コード、取引先コード、顧客コード、会社コード、顧客番号、得意先番号、取引先番号、コード、"
            "管理番号、code"
        ),
        "level": "区分、組織区分、拠点区分",
        "parent": "上位組織、親会社、本社、本社名、親取引先、上位取引先、本店、上位会社、parent account",
        "status": "取引状態、取引区分、状態、ステータス",
        "rank": "ランク、顧客ランク、得意先ランク、重要度",
        "corporate_number": "法人番号、会社法人等番号、マイナンバー（法人）",
        "invoice_number": "インボイス登録番号、登録番号、適格請求書発行事業者登録番号、インボイス番号、T番号",
        "email": "メール、メールアドレス、eメール、e-mail、mail、代表メール",
        "website": "Webサイト、ホームページ、hp、url、website、サイト、ホームページアドレス",
        "representative": "代表者、代表者名、代表取締役、社長、社長名",
        "industry": "業種、業界、industry",
        "business_type": "業態、事業形態",
        "annual_sales": "売上高・年商、年商、売上高、売上",
        "employees": "従業員数、社員数、従業員、employees",
        "products": "取扱商品、取扱品、取扱製品、主要商品",
        "strengths": "得意分野、強み、特長",
        "trade_area": "商圏、営業エリア、エリア",
        "closing_day": "締め日、締日、請求締日",
        "payment_terms": "支払条件、支払サイト、支払方法、回収条件",
        "traded_since": "取引開始日、取引開始、開始日、初回取引日",
        "note": "備考、メモ、摘要、特記事項、コメント、note、notes",
    }
)
CONTACT = (
    REACH
    | ADDRESS
    | KEEPING
    | {
        "family_name": "姓、苗字、名字、氏、last name、family name",
        "given_name": "名、first name、given name",
        "family_kana": "セイ、姓カナ、姓フリガナ、苗字カナ",
        "given_kana": "メイ、名カナ、名フリガナ",
        "account": "取引先、会社名、得意先名、取引先名、社名、企業名、勤務先、所属会社、会社、法人名、company",
        "department": "部署、部署名、所属、所属部署、部門、department",
        "title": "役職、役職名、肩書、肩書き、職位、title",
        "role": "商談での役割、役割",
        "influence": "影響力",
        "status": "在籍、在籍状況",
        "left_on": "退職・異動日、退職日、異動日",
        "email": "メール、メールアドレス、eメール、e-mail、mail、担当者メール、担当者のメールアドレス",
        "other_email": "メール（予備）、メール2、予備メール、メールアドレス2",
        "birthday": "誕生日、生年月日",
        "note": "備考、メモ、摘要、特記事項、コメント、note、notes",
    }
)
LEAD = (
    REACH
    | ADDRESS
    | KEEPING
    | {
        "family_name": "姓、苗字、名字、氏、last name、family name",
        "given_name": "名、first name、given name",
        "family_kana": "セイ、姓カナ、姓フリガナ、苗字カナ",
        "given_kana": "メイ、名カナ、名フリガナ",
        "company": "会社名、社名、企業名、得意先名、取引先名、勤務先、所属会社、会社、法人名、company",
        "private": "個人のお客様、個人、個人客",
        "department": "部署、部署名、所属、所属部署、部門、department",
        "title": "役職、役職名、肩書、肩書き、職位、title",
        "source": "きっかけ、リードソース、流入元、獲得元、経路、情報源、lead source",
        "status": "状況、ステータス、状態、対応状況",
        "rating": "見込み度、評価、確度、温度感",
        "interest": "興味のある商品、関心商品、問い合わせ商品、商品",
        "first_contact_on": "最初の接点、初回接触日、問い合わせ日、名刺交換日、受付日",
        "ask_again_on": "いつまた声をかけるか、再アプローチ日、掘り起こし日",
        "ask_again_note": "また声をかける理由、掘り起こしメモ",
        "note": "備考、メモ、摘要、特記事項、コメント、問い合わせ内容、内容、note、notes",
        "company_kana": "会社名カナ、会社名フリガナ、社名カナ、企業名カナ",
        "corporate_number": "法人番号、会社法人等番号、マイナンバー（法人）",
        "representative": "代表者、代表者名、代表取締役、社長名",
        "industry": "業種、業界、industry",
        "employees": "従業員数、社員数、従業員",
        "annual_sales": "売上高・年商、年商、売上高",
        "website": "Webサイト、ホームページ、hp、url、website、サイト",
        "email": "メール、メールアドレス、eメール、e-mail、mail、担当者メール、担当者のメールアドレス",
    }
)


def with_synonyms(fields: Iterable[Field], synonyms: dict[str, str]) -> tuple[Field, ...]:
    """The same fields, each with its headings."""
    words = {key: tuple(text.split("、")) for key, text in synonyms.items()}
    return tuple(replace(field, synonyms=words.get(field.key, ())) for field in fields)
