terraform {
  required_providers {
    alicloud = {
      source  = "aliyun/alicloud"
      version = ">= 1.252.0"
    }
  }
}

provider "alicloud" {
  region = "cn-hangzhou"
}

resource "alicloud_ram_role" "workload" {
  role_name                   = "night.owl"
  assume_role_policy_document = file("${path.module}/trust-policy.json")
}

resource "alicloud_ram_policy" "permissions" {
  policy_name     = "night-owl-permissions"
  policy_document = file("${path.module}/permission-policy.json")
}

resource "alicloud_ram_role_policy_attachment" "permissions" {
  policy_type = alicloud_ram_policy.permissions.type
  policy_name = alicloud_ram_policy.permissions.policy_name
  role_name   = alicloud_ram_role.workload.role_name
}

# The state file keeps the whole service config, its secrets included.
resource "alicloud_pai_service" "service" {
  service_config = file("${path.module}/service-with-role.json")
}
