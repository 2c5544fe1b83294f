terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = ">= 1.252.0"
    }
  }
}

provider "alicloud" {
  region = "cn-shanghai"
}

resource "alicloud_ram_role" "workload" {
  role_name                   = "night-owl"
  assume_role_policy_document = file("${path.module}/trust-policy.json")
}

resource "alicloud_ram_role_policy_attachment" "workload_1" {
  policy_type = "System"
  policy_name = "AliyunOSSReadOnlyAccess"
  role_name   = alicloud_ram_role.workload.role_name
}

resource "alicloud_ram_policy" "pass_role" {
  policy_name     = "pass-night-owl"
  policy_document = file("${path.module}/pass-role-policy.json")
}

resource "alicloud_ram_user_policy_attachment" "pass_role" {
  policy_type = alicloud_ram_policy.pass_role.type
  policy_name = alicloud_ram_policy.pass_role.policy_name
  user_name   = "owl"
}

# The state file keeps the whole service config, its secrets included.
resource "alicloud_pai_service" "service" {
  service_config = file("${path.module}/service-with-role.json")
}
