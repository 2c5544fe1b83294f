resource "alicloud_ram_role" "r" {}
